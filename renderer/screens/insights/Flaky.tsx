import type { FlakyAction } from '../../../preload/contract/metrics.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Took } from '../../components/Took.tsx'
import { When } from '../../components/When.tsx'
import { rpc } from '../../rpc/rpc.ts'
import { actionColumn } from './actionColumn.tsx'
import { type PartProps, Told, usePart } from './Told.tsx'
import { percent } from './words.ts'

/** Actions that failed and then succeeded on the same revision, without a change. */
export function Flaky(props: PartProps) {
  const answer = usePart('flaky', props, query => rpc.metrics.flaky.query(query))
  return (
    <Told answer={answer}>
      {actions =>
        actions.length === 0 ? (
          <EmptyState title="No flaky action was seen in this period.">
            <p>An action is flaky when it fails and later succeeds on the same revision and definition.</p>
          </EmptyState>
        ) : (
          <DataTable
            caption="Flaky actions"
            file="flaky-actions"
            columns={columns}
            rows={actions}
            idOf={({ key, stage, action }) => `${key.account}${key.region}${key.name}${stage}${action}`}
          />
        )
      }
    </Told>
  )
}

const columns: readonly Column<FlakyAction>[] = [
  actionColumn,
  {
    id: 'flakes',
    title: 'Went away by itself',
    csv: { Flakes: ({ flakes }) => flakes, Attempts: ({ attempts }) => attempts },
    numeric: true,
    by: ({ flakes }) => flakes,
    cell: ({ flakes, attempts }) => `${flakes} of ${attempts} attempts`,
  },
  { id: 'share', title: 'Share', numeric: true, by: ({ share }) => share, cell: ({ share }) => percent(share) },
  {
    id: 'lost',
    title: 'Time lost',
    csv: { 'Time lost (ms)': ({ lostMs }) => lostMs },
    numeric: true,
    by: ({ lostMs }) => lostMs,
    cell: ({ lostMs }) => <Took ms={lostMs} />,
  },
  {
    id: 'last',
    title: 'Last',
    by: ({ lastAt }) => lastAt,
    cell: ({ lastAt }) => <When at={lastAt} ago />,
  },
  {
    id: 'error',
    title: 'Its error',
    by: ({ error }) => error,
    cell: ({ error }) => error ?? <span className="faint">—</span>,
  },
]
