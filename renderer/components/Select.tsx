import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import button from './Button.module.css'
import { classNames } from './classNames.ts'
import css from './popup.module.css'

export interface Option<T extends string> {
  value: T
  label: ReactNode
}

export interface SelectProps<T extends string> {
  /** Its accessible name. */
  name: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
}

/** One of a few values, chosen from a list that opens. */
export function Select<T extends string>({ name, value, options, onChange }: SelectProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={chosen => {
        if (chosen !== null) onChange(chosen)
      }}
    >
      <Base.Trigger className={classNames(button.button, css.trigger)} aria-label={name}>
        <Base.Value>{(shown: T) => options.find(option => option.value === shown)?.label ?? shown}</Base.Value>
        <Base.Icon className={css.icon}>
          <ChevronDown size={14} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner className={css.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={css.popup}>
            {options.map(option => (
              <Base.Item key={option.value} value={option.value} className={css.item}>
                <Base.ItemText>{option.label}</Base.ItemText>
                <Base.ItemIndicator className={css.end}>
                  <Check size={14} aria-hidden />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
