import { Switch as Base } from '@base-ui/react/switch'
import css from './Switch.module.css'
import { Tip } from './Tip.tsx'

export interface SwitchProps {
  label: string
  /** What it does, for the tooltip. */
  about: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** On or off, in effect at once. */
export function Switch({ label, about, checked, onChange }: SwitchProps) {
  return (
    <Tip text={about}>
      <label className={css.label}>
        <Base.Root className={css.switch} checked={checked} onCheckedChange={onChange}>
          <Base.Thumb className={css.thumb} />
        </Base.Root>
        {label}
      </label>
    </Tip>
  )
}
