import { Clock3 } from 'lucide-react'
import { useMemo } from 'react'
import type { Budget } from '../../preload/contract/aws.ts'
import { Tip } from '../components/Tip.tsx'
import { formatNumber } from '../format/number.ts'
import { useAccounts } from '../stores/accounts.ts'
import { nextTry, useMeter, worstUse } from '../stores/meter.ts'
import { useNow } from '../stores/now.ts'
import css from './CallMeter.module.css'

/** How much of the desk's own call budget is used; an amber clock with the next try while AWS throttles. */
export function CallMeter() {
  const meter = useMeter(state => state.meter)
  const at = useMemo(() => meter && nextTry(meter), [meter])
  const waits = useNow(({ now }) =>
    at === undefined ? undefined : Math.max(0, Math.ceil((Date.parse(at) - now) / 1000)),
  )
  if (!meter) return null
  const use = worstUse(meter)
  const percent = use === undefined ? 0 : Math.round(use * 100)
  return (
    <Tip text={<Budgets budgets={meter.budgets} />}>
      <button type="button" className={css.meter} aria-label={`Call budget: ${percent} % of the tightest is used`}>
        {waits === undefined ? (
          'calls'
        ) : (
          <span className={css.throttled}>
            <Clock3 size={14} aria-hidden /> throttled, next try in {waits} s
          </span>
        )}
        <span className={css.bar} aria-hidden>
          <span className={css.used} style={{ width: `${percent}%` }} />
        </span>
        {percent} %
      </button>
    </Tip>
  )
}

function Budgets({ budgets }: { budgets: readonly Budget[] }) {
  const accounts = useAccounts(state => state.accounts)
  if (budgets.length === 0) return 'No calls to AWS yet.'
  return (
    <table className={css.budgets}>
      <caption>Calls in the last 60 s, of what the desk allows itself</caption>
      <tbody>
        {budgets.map(({ account, region, calls, allowed, throttled, queued, apis: [tightest] }) => (
          <tr key={`${account}/${region}`}>
            <th scope="row">
              {accounts.find(({ id }) => id === account)?.name ?? account} {region}
            </th>
            <td>
              {formatNumber(calls)} of {formatNumber(allowed)}
            </td>
            <td>
              {throttled > 0 && `${throttled} throttled `}
              {queued > 0 && `${queued} queued`}
            </td>
            <td>
              {tightest && `${tightest.api.split(':')[1]} ${Math.round((tightest.calls / tightest.allowed) * 100)} %`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
