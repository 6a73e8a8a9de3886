import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import css from './Tip.module.css'

interface TipContent {
  text: ReactNode
  keys: string | undefined
}

// One tooltip for the whole window: a thousand rows cost a thousand triggers, not a thousand tooltips.
const handle = Tooltip.createHandle<TipContent>()

export interface TipProps {
  text: ReactNode
  /** The chord that does the same, shown beside the text. */
  keys?: string | undefined
  children: ReactElement
}

/** Says more about its child on hover and focus. The child keeps its own accessible name. */
export function Tip({ text, keys, children }: TipProps) {
  return <Tooltip.Trigger handle={handle} payload={{ text, keys }} render={children} />
}

/** Stands once in the frame and shows whichever tip is asked for. */
export function TipHost() {
  return (
    <Tooltip.Root handle={handle}>
      {({ payload }) => (
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6} collisionPadding={8} className={css.positioner}>
            <Tooltip.Popup className={css.tip}>
              {payload?.text}
              {payload?.keys !== undefined && <Kbd chord={payload.keys} />}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  )
}
