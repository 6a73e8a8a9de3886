import type { TimeSlice } from '../../../preload/contract/metrics.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Took } from '../../components/Took.tsx'
import css from './InsightsScreen.module.css'
import { percent, timeName } from './words.ts'

/** What an execution's time is spent on, largest first. */
export function TimeSpent({ time }: { time: readonly TimeSlice[] }) {
  if (time.length === 0) return <p className="dim">No action is known that ended in this period.</p>
  return <DataTable caption="Where time goes" columns={columns} rows={time} idOf={({ kind }) => kind} />
}

/** Waiting is hatched, work is solid: as in the timeline. */
const waits = new Set<TimeSlice['kind']>(['commit', 'queue', 'approval', 'retry'])

const columns: readonly Column<TimeSlice>[] = [
  { id: 'kind', title: 'What', cell: ({ kind }) => timeName[kind] },
  {
    id: 'bar',
    title: <span className="unseen">Share as a bar</span>,
    cell: ({ kind, share }) => (
      <span className={css.track} aria-hidden>
        <span className={css.share} data-waits={waits.has(kind) || undefined} style={{ width: `${share * 100}%` }} />
      </span>
    ),
  },
  { id: 'share', title: 'Share', numeric: true, by: ({ share }) => share, cell: ({ share }) => percent(share) },
  {
    id: 'mean',
    title: 'An execution',
    numeric: true,
    by: ({ meanMs }) => meanMs,
    cell: ({ meanMs }) => <Took ms={meanMs} />,
  },
  {
    id: 'total',
    title: 'In all',
    numeric: true,
    by: ({ totalMs }) => totalMs,
    cell: ({ totalMs }) => <Took ms={totalMs} />,
  },
]
