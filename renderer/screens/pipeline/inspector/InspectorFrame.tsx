import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useRef } from 'react'
import { clampInspector } from '../remembered.ts'
import { arrange, useScreen } from '../screenStore.ts'
import css from './inspector.module.css'

const step = 24

/** The inspector's place at the right: as wide as a person drags it, by pointer or by the arrow keys. */
export function InspectorFrame({ children, ref }: { children: ReactNode; ref?: Ref<HTMLElement> }) {
  const width = useScreen(state => state.inspectorWidth)
  const dragged = useRef<{ x: number; width: number }>(undefined)
  const setWidth = (wanted: number) => arrange({ inspectorWidth: clampInspector(wanted) })

  const onPointerMove = (event: PointerEvent) => {
    if (dragged.current) setWidth(dragged.current.width + dragged.current.x - event.clientX)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: step, ArrowRight: -step }[event.key]
    if (by === undefined) return
    event.preventDefault()
    setWidth(width + by)
  }
  return (
    <aside ref={ref} className={css.frame} aria-label="Inspector" style={{ width }}>
      <button
        type="button"
        className={css.splitter}
        aria-label={`Width of the inspector: ${width} pixels. Left and right change it.`}
        onPointerDown={event => {
          event.currentTarget.setPointerCapture(event.pointerId)
          dragged.current = { x: event.clientX, width }
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          dragged.current = undefined
        }}
        onKeyDown={onKeyDown}
      />
      <div className={css.content}>{children}</div>
    </aside>
  )
}
