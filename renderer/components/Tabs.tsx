import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import css from './Tabs.module.css'

export interface TabItem<T extends string> {
  value: T
  label: ReactNode
  content: ReactNode
}

export interface TabsProps<T extends string> {
  /** The list's accessible name. */
  name: string
  value: T
  items: readonly TabItem<T>[]
  /** They fill a pane: the list keeps the pane's distance, and a panel scrolls for itself. */
  filling?: boolean
  onChange: (value: T) => void
}

/** Tabs over panels; arrows move between them. Only the chosen panel is in the document. */
export function Tabs<T extends string>({ name, value, items, filling = false, onChange }: TabsProps<T>) {
  return (
    <Base.Root
      className={css.tabs}
      data-filling={filling || undefined}
      value={value}
      onValueChange={(chosen: unknown) => {
        const item = items.find(candidate => candidate.value === chosen)
        if (item) onChange(item.value)
      }}
    >
      <Base.List className={css.list} aria-label={name}>
        {items.map(item => (
          <Base.Tab key={item.value} value={item.value} className={css.tab}>
            {item.label}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map(item => (
        <Base.Panel key={item.value} value={item.value} className={css.panel}>
          {item.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
