import css from './dialogs.module.css'

export interface ChoicesProps<T extends string> {
  name: string
  value: T
  choices: readonly { value: T; label: string; says: string }[]
  onChange: (value: T) => void
}

/** One of a few ways, each with what it means. */
export function Choices<T extends string>({ name, value, choices, onChange }: ChoicesProps<T>) {
  return (
    <fieldset className={css.choices}>
      <legend>{name}</legend>
      {choices.map(choice => (
        <div key={choice.value} className={css.choice}>
          <label>
            <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
            {choice.label}
          </label>
          <p className="dim">{choice.says}</p>
        </div>
      ))}
    </fieldset>
  )
}
