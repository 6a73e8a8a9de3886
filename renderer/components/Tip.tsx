import { Tooltip } from '@base-ui/react/tooltip'
import { cloneElement, type ReactElement, type ReactNode } from 'react'
import css from './Tip.module.css'

interface Attributes {
  'data-tip'?: string
  'data-tip-keys'?: string
}

export interface TipProps {
  text: ReactNode
  /** The chord that does the same, shown beside the text. */
  keys?: string | undefined
  /** An element, or a component that hands `data-` attributes on to one. */
  children: ReactElement<Attributes>
}

/**
 * Says more about its child on hover and focus. The child keeps its own accessible name. Plain text costs an attribute
 * and nothing else (`TipHost` reads it), so that a thousand cells may have one.
 */
export function Tip({ text, keys, children }: TipProps) {
  if (typeof text !== 'string') return <RichTip text={text} of={children} />
  return cloneElement(children, { 'data-tip': text, ...(keys !== undefined && { 'data-tip-keys': keys }) })
}

/** A tip with more than words in it. */
function RichTip({ text, of }: { text: ReactNode; of: ReactElement<Attributes> }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={of} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} collisionPadding={8} className={css.positioner}>
          <Tooltip.Popup className={css.tip}>{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
