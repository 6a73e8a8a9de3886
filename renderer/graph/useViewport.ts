import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Box, geometry } from './layout.ts'
import { fitted, revealing, type Size, type Viewport } from './viewport.ts'
import { linesIn, namesFrom, typeScale, type ZoomLevel, zoomLevel } from './zoomLevel.ts'

const reducedMotion = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Of one action. */
const smallestLane = geometry.head + geometry.action.height + 2 * geometry.pad

export interface ViewportControls {
  /** The graph's own room: its size is what is fitted into. */
  element: RefObject<HTMLDivElement | null>
  level: ZoomLevel
  /** To React Flow's `onMove`: `byHand` when a person moved it. */
  moved: (view: Viewport, byHand: boolean) => void
  fit: (smoothly?: boolean) => void
  reveal: (box: Box, smoothly?: boolean) => void
}

/**
 * The viewport over a graph of these bounds: fits it until a person moves it, tells the zoom level, and writes what the
 * styles need of the zoom onto the element, without rendering.
 */
export function useViewport(bounds: Box, onHand: () => void): ViewportControls {
  const element = useRef<HTMLDivElement>(null)
  const { setViewport, getViewport } = useReactFlow()
  const [level, setLevel] = useState<ZoomLevel>('mid')
  const byHand = useRef(false)
  const shown = useRef<number>(undefined)
  const { width, height } = bounds

  const room = useCallback(
    (): Size => ({ width: element.current?.clientWidth ?? 0, height: element.current?.clientHeight ?? 0 }),
    [],
  )
  const show = useCallback((zoom: number) => {
    // A move without a zoom changes nothing of what is said.
    if (zoom === shown.current) return
    shown.current = zoom
    const style = element.current?.style
    style?.setProperty('--k', String(typeScale(zoom)))
    const lines = Math.min(6, linesIn(geometry.action.height, zoom))
    element.current?.setAttribute('data-lines', String(lines))
    element.current?.setAttribute('data-lane-lines', String(Math.min(3, linesIn(smallestLane, zoom))))
    element.current?.toggleAttribute('data-names', zoom >= namesFrom)
    setLevel(before => zoomLevel(zoom, before))
  }, [])
  const go = useCallback(
    (view: Viewport, smoothly: boolean) => {
      show(view.zoom)
      void setViewport(view, smoothly && !reducedMotion() ? { duration: 180 } : {})
    },
    [setViewport, show],
  )

  const controls = useMemo(
    () => ({
      moved(view: Viewport, hand: boolean) {
        show(view.zoom)
        if (!hand) return
        byHand.current = true
        onHand()
      },
      fit(smoothly = true) {
        byHand.current = false
        go(fitted({ x: 0, y: 0, width, height }, room()), smoothly)
      },
      reveal(box: Box, smoothly = false) {
        const before = getViewport()
        const view = revealing(box, room(), before)
        if (view !== before) go(view, smoothly)
      },
    }),
    [getViewport, go, height, onHand, room, show, width],
  )

  // A graph that nobody has moved keeps itself in sight: when the room changes, and when a stage comes or goes.
  useEffect(() => {
    if (!element.current) return
    const refit = () => {
      if (!byHand.current && room().width > 0) go(fitted({ x: 0, y: 0, width, height }, room()), false)
    }
    const observer = new ResizeObserver(refit)
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [width, height, go, room])

  return useMemo(() => ({ element, level, ...controls }), [level, controls])
}
