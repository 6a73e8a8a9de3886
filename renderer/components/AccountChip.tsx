import type { Band, Environment } from '../../preload/contract/accounts.ts'
import css from './AccountChip.module.css'
import { Tip } from './Tip.tsx'

export interface AccountChipProps {
  name: string
  environment: Environment
  /** The colour that a person gave the account. */
  band?: Band | undefined
  /** Twelve digits; said in the tooltip. */
  id?: string
}

/** An account's name in its environment's colour, or in its own. */
export function AccountChip({ name, environment, band, id }: AccountChipProps) {
  const chip = (
    <span className={css.chip} data-env={environment} data-band={band}>
      {name}
    </span>
  )
  return id === undefined ? chip : <Tip text={`${environment} account ${id}`}>{chip}</Tip>
}
