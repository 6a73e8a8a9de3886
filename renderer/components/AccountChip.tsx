import type { Environment } from '../../preload/contract/accounts.ts'
import css from './AccountChip.module.css'
import { Tip } from './Tip.tsx'

export interface AccountChipProps {
  name: string
  environment: Environment
  /** Twelve digits; said in the tooltip. */
  id?: string
}

/** An account's name in its environment's colour. */
export function AccountChip({ name, environment, id }: AccountChipProps) {
  const chip = (
    <span className={css.chip} data-env={environment}>
      {name}
    </span>
  )
  return id === undefined ? chip : <Tip text={`${environment} account ${id}`}>{chip}</Tip>
}
