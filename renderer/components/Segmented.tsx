import { useId } from 'react'
import css from './Segmented.module.css'
import type { Option } from './Select.tsx'

export interface SegmentedProps<T extends string> {
  /** Its accessible name. */
  name: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
}

/** One of a few values, all in sight: radio buttons, so arrows choose. */
export function Segmented<T extends string>({ name, value, options, onChange }: SegmentedProps<T>) {
  const group = useId()
  return (
    <fieldset className={css.group}>
      <legend className="unseen">{name}</legend>
      {options.map(option => (
        <label key={option.value} className={css.option}>
          <input
            type="radio"
            className="unseen"
            name={group}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
