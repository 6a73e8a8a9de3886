import type { CostBasis, Pricing } from '../../../preload/contract/cost.ts'
import { When } from '../../components/When.tsx'
import { count } from '../../format/ids.ts'
import { formatNumber } from '../../format/number.ts'
import css from './CostScreen.module.css'

/** What the figures above were computed from, and what speaks against them. */
export function BasisLine({ basis, pricing }: { basis: CostBasis; pricing?: Pricing }) {
  const { executions, sampleExecutions, leftOut, incomplete, localCloud, running } = basis
  const limits = [
    running && 'The month is not over.',
    localCloud && 'The local cloud executed it: priced as AWS would price it, nothing is billed.',
    sampleExecutions > 0 && `${formatNumber(sampleExecutions)} of these are sample data.`,
    leftOut > 0 && `${count(leftOut, 'execution')} of sample data left out.`,
    incomplete.length > 0 &&
      `${count(incomplete.length, 'pipeline')} not fully read: the estimate is too low by what is missing.`,
    pricing && pricing.unconfirmed.length > 0 && `${count(pricing.unconfirmed.length, 'price')} used are unconfirmed.`,
    pricing && pricing.assumed.length > 0 && `${pricing.assumed.join(', ')} priced as us-east-1.`,
  ].filter(limit => typeof limit === 'string')
  return (
    <p className={css.basis}>
      From {count(executions, 'execution')}, as of <When at={basis.asOf} ago />
      {pricing &&
        `, by prices of ${pricing.oldest === pricing.newest ? pricing.newest : `${pricing.oldest} to ${pricing.newest}`}`}
      . {limits.join(' ')}
    </p>
  )
}
