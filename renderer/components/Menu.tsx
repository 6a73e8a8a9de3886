import { Menu as Base } from '@base-ui/react/menu'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import button from './Button.module.css'
import { classNames } from './classNames.ts'
import { Kbd } from './Kbd.tsx'
import css from './popup.module.css'

export type MenuEntry =
  | {
      kind: 'item'
      label: ReactNode
      keys?: string | undefined
      disabledBecause?: string | undefined
      onSelect: () => void
    }
  | { kind: 'label'; label: string }
  | { kind: 'separator' }

export interface MenuProps {
  /** What stands on the button. */
  label: ReactNode
  /** The button's accessible name, where the label is not enough. */
  name?: string
  entries: readonly MenuEntry[]
}

/** A button that opens a menu of commands. */
export function Menu({ label, name, entries }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger className={classNames(button.button)} aria-label={name}>
        {label}
        <ChevronDown size={14} aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={css.positioner} sideOffset={4} align="end">
          <Base.Popup className={css.popup}>
            {entries.map((entry, index) => (
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <Base.Separator className={css.separator} />
    case 'label':
      return <div className={css.label}>{entry.label}</div>
    case 'item':
      return (
        <Base.Item className={css.item} disabled={entry.disabledBecause !== undefined} onClick={entry.onSelect}>
          <span>
            {entry.label}
            {entry.disabledBecause !== undefined && <span className="faint"> — {entry.disabledBecause}</span>}
          </span>
          {entry.keys !== undefined && (
            <span className={css.end}>
              <Kbd chord={entry.keys} />
            </span>
          )}
        </Base.Item>
      )
  }
}
