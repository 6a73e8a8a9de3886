import { useStore, ViewportPortal } from '@xyflow/react'
import { useId } from 'react'
import { shallow } from 'zustand/shallow'
import css from './graph.module.css'
import type { Box } from './layout.ts'
import { dotsApart, groundAround } from './viewport.ts'

const radius = 0.7

/**
 * The dotted ground, on the same layer as the graph and under all of it: the browser then keeps the whole as one
 * picture, and moving it paints nothing but what comes into sight.
 */
export function Ground({ bounds }: { bounds: Box }) {
  const id = useId()
  // Compared by value: a move renders this only when the room comes near the end of what was painted.
  const { x, y, width, height } = useStore(
    ({ transform: [x, y, zoom], width, height }) => groundAround(bounds, { width, height }, { x, y, zoom }),
    shallow,
  )
  const middle = dotsApart / 2 + radius
  return (
    <ViewportPortal>
      <svg className={css.ground} style={{ left: x, top: y }} width={width} height={height} aria-hidden>
        <pattern id={id} width={dotsApart} height={dotsApart} patternUnits="userSpaceOnUse">
          <circle cx={middle} cy={middle} r={radius} />
        </pattern>
        <rect width="100%" height="100%" fill={`url(#${id})`} />
      </svg>
    </ViewportPortal>
  )
}
