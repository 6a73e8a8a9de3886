import type { Regression } from '../../../preload/contract/metrics.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Took } from '../../components/Took.tsx'
import { When } from '../../components/When.tsx'
import { formatNumber } from '../../format/number.ts'
import { rpc } from '../../rpc/rpc.ts'
import { actionColumn } from './actionColumn.tsx'
import { type PartProps, Told, usePart } from './Told.tsx'
import { causeWords } from './words.ts'

/** Actions that became slower, slowest first, with what changed at that moment. */
export function Slower(props: PartProps) {
  const answer = usePart('regressions', props, query => rpc.metrics.regressions.query(query))
  return (
    <Told answer={answer}>
      {regressions =>
        regressions.length === 0 ? (
          <EmptyState title="No action became slower for good in this period.">
            <p>Looked for: a lasting step up of an action’s duration, with enough executions on either side.</p>
          </EmptyState>
        ) : (
          <SlowerTable file="slower-actions" regressions={regressions} />
        )
      }
    </Told>
  )
}

export function SlowerTable({ regressions, file }: { regressions: readonly Regression[]; file?: string }) {
  return (
    <DataTable
      {...(file !== undefined && { file })}
      caption="Actions that became slower"
      columns={columns}
      rows={regressions}
      idOf={({ key, stage, action, executionId }) =>
        `${key.account}${key.region}${key.name}${stage}${action}${executionId}`
      }
    />
  )
}

const columns: readonly Column<Regression>[] = [
  actionColumn,
  {
    id: 'since',
    title: 'Since',
    by: ({ since }) => since,
    cell: ({ since }) => <When at={since} ago />,
  },
  {
    id: 'before',
    title: 'Before (p50)',
    csv: { 'Before, p50 (ms)': ({ beforeMs }) => beforeMs, 'Attempts before': ({ beforeCount }) => beforeCount },
    numeric: true,
    by: ({ beforeMs }) => beforeMs,
    cell: ({ beforeMs, beforeCount }) => (
      <>
        <Took ms={beforeMs} /> <span className="faint">of {beforeCount}</span>
      </>
    ),
  },
  {
    id: 'after',
    title: 'Since (p50)',
    csv: { 'Since, p50 (ms)': ({ afterMs }) => afterMs, 'Attempts since': ({ afterCount }) => afterCount },
    numeric: true,
    by: ({ afterMs }) => afterMs,
    cell: ({ afterMs, afterCount }) => (
      <>
        <Took ms={afterMs} /> <span className="faint">of {afterCount}</span>
      </>
    ),
  },
  {
    id: 'factor',
    title: 'Times',
    numeric: true,
    by: ({ factor }) => factor,
    cell: ({ factor }) => `× ${formatNumber(factor, 1)}`,
  },
  {
    id: 'cause',
    title: 'What came with it',
    by: ({ cause }) => causeWords(cause),
    cell: ({ cause }) => causeWords(cause),
  },
]
