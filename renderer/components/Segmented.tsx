import { useRef } from 'react'
import css from './Segmented.module.css'
import type { Option } from './Select.tsx'

export interface SegmentedProps<T extends string> {
  /** Its accessible name. */
  name: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
}

/** One of a few values, all in sight: a radio group; arrows choose. */
export function Segmented<T extends string>({ name, value, options, onChange }: SegmentedProps<T>) {
  const group = useRef<HTMLDivElement>(null)
  const move = (by: number) => {
    const at = options.findIndex(option => option.value === value)
    const next = options[(at + by + options.length) % options.length]
    if (!next) return
    onChange(next.value)
    group.current?.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus()
  }
  return (
    <div ref={group} className={css.group} role="radiogroup" aria-label={name}>
      {options.map(option => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          data-value={option.value}
          className={css.option}
          onClick={() => onChange(option.value)}
          onKeyDown={event => {
            const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
            if (by === undefined) return
            event.preventDefault()
            move(by)
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
