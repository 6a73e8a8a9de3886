import type { CostLine, Estimate } from '../../../preload/contract/cost.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { formatNumber } from '../../format/number.ts'
import { Amount } from './Amount.tsx'
import css from './CostScreen.module.css'
import { Reasons } from './Overview.tsx'

const number = (value: number) => formatNumber(value, 2)

const plural = (unit: string) => (unit.endsWith('s') || /^[A-Z]/.test(unit) ? unit : `${unit}s`)

const columns: readonly Column<CostLine>[] = [
  {
    id: 'label',
    title: 'What',
    cell: ({ label, confirmed, freeTier }) => (
      <>
        {label}
        {freeTier && <span className="dim"> free tier</span>}
        {!confirmed && (
          <>
            {' '}
            <span className={css.unconfirmed}>price unconfirmed</span>
          </>
        )}
      </>
    ),
  },
  {
    id: 'quantity',
    title: 'How much',
    numeric: true,
    cell: ({ quantity: { low, high }, unit }) =>
      `${low === high ? number(low) : `${number(low)}–${number(high)}`} ${low === 1 && high === 1 ? unit : plural(unit)}`,
  },
  { id: 'amount', title: 'Amount', numeric: true, cell: ({ amount }) => <Amount amount={amount} /> },
]

/** How an estimate comes about, line by line; the lines add up to its total. */
export function EstimateLines({ estimate }: { estimate: Estimate }) {
  return (
    <>
      <DataTable
        caption="Lines of the estimate"
        columns={columns}
        rows={estimate.lines}
        idOf={({ item, label, freeTier }) => `${item} ${label} ${freeTier}`}
      />
      <Reasons reasons={estimate.reasons} />
    </>
  )
}
