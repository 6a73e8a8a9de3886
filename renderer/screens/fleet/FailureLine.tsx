import type { FleetProblem } from '../../../preload/contract/pipelines.ts'
import { Button } from '../../components/Button.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { announce } from '../../stores/status.ts'
import css from './FleetGrid.module.css'
import { columns } from './order/columns.ts'
import type { PlaceProps } from './Row.tsx'

async function askAgain() {
  try {
    const { asked } = await rpc.pipelines.refresh.mutate({})
    announce(`Asked again: ${asked}`)
  } catch (thrown) {
    announce(failureOf(thrown).message)
  }
}

/** One account and region that could not be listed: what is missing, and what to do. The others work on. */
export function FailureLine({ problem, top, height, rowIndex }: PlaceProps & { problem: FleetProblem }) {
  const name = useAccounts(({ accounts }) => accounts.find(({ id }) => id === problem.account)?.name)
  const { code, message, next } = problem.failure
  return (
    <tr className={css.problem} style={{ height, transform: `translateY(${top}px)` }} aria-rowindex={rowIndex}>
      <td aria-colspan={columns.length}>
        <StateGlyph state="failed" />
        <span className={css.problemText} title={`${code}: ${message} ${next ?? ''}`}>
          <b>
            {name ?? problem.account} {problem.region}
          </b>{' '}
          could not be listed. {message} {next}
        </span>
        <Button look="quiet" onClick={() => void askAgain()}>
          Ask again
        </Button>
      </td>
    </tr>
  )
}
