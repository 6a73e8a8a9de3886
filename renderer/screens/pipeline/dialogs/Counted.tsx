import type { Ref } from 'react'
import css from './dialogs.module.css'

export interface CountedProps {
  label: string
  value: string
  limit: number
  onChange: (value: string) => void
  ref?: Ref<HTMLTextAreaElement>
}

/** A text that AWS limits: counted while it is typed, never cut. */
export function Counted({ label, value, limit, onChange, ref }: CountedProps) {
  const over = value.length > limit
  return (
    <label className={css.field}>
      <span className={css.counted}>
        {label}
        <output data-state={over ? 'failed' : undefined} className={over ? css.over : 'dim'}>
          {value.length} / {limit}
        </output>
      </span>
      <textarea ref={ref} rows={3} value={value} aria-invalid={over} onChange={event => onChange(event.target.value)} />
    </label>
  )
}
