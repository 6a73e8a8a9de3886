import type { ReactNode } from 'react'
import type { Money } from '../../../preload/contract/cost.ts'
import { Tip } from '../../components/Tip.tsx'
import { formatMoney, spokenMoney } from '../../format/money.ts'
import css from './CostScreen.module.css'

/** Both ends of an amount as a spreadsheet wants them: two columns of dollars. */
export const inDollars = <T,>(name: string, amount: (row: T) => Money): Record<string, (row: T) => number> => ({
  [`${name}, low (USD)`]: row => amount(row).low / 1e6,
  [`${name}, high (USD)`]: row => amount(row).high / 1e6,
})

export interface AmountProps {
  amount: Money
  /** Its size on the page. */
  look?: 'plain' | 'large'
}

/** An amount with its range. */
export function Amount({ amount, look = 'plain' }: AmountProps) {
  return (
    <Tip text={`${spokenMoney(amount)}, in US dollars before tax`}>
      <span className={look === 'large' ? css.large : css.amount}>{formatMoney(amount)}</span>
    </Tip>
  )
}

/** One large figure with its name; several stand in a `dl`. */
export function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={css.figure}>
      <dt className={css.label}>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** One large amount with its name. */
export function Sum({ name, amount }: { name: string; amount: Money }) {
  return (
    <Figure name={name}>
      <Amount amount={amount} look="large" />
    </Figure>
  )
}
