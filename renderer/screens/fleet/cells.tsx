import type { PipelineRow } from '../../../preload/contract/pipelines.ts'
import { Tip } from '../../components/Tip.tsx'
import { Took } from '../../components/Took.tsx'
import { When } from '../../components/When.tsx'
import { formatDifference, spokenDuration } from '../../format/duration.ts'
import { shortId } from '../../format/ids.ts'
import { useNow } from '../../stores/now.ts'
import { overMedian } from './order/columns.ts'
import css from './Row.module.css'

/** The revision that a list shows: the first source's. */
const revisionOf = (row: PipelineRow) => row.execution?.revisions[0]

const none = <span className="faint">—</span>

export function RevisionCell({ row }: { row: PipelineRow }) {
  const revision = revisionOf(row)
  if (!revision) return none
  return (
    <Tip text={`${revision.actionName} ${revision.id}`}>
      <span className="mono dim">{shortId(revision.id)}</span>
    </Tip>
  )
}

export function ChangeCell({ row }: { row: PipelineRow }) {
  const revision = revisionOf(row)
  const rollback = row.execution?.type === 'ROLLBACK'
  const text = revision?.summary?.split('\n')[0]
  if (text === undefined && !rollback) return none
  return (
    <Tip text={revision?.summary ?? 'Rolled back'}>
      <span className={css.cut}>
        {rollback && <span className={css.tag}>rollback</span>}
        {row.execution?.sample === true && <span className={css.tag}>sample</span>}
        {text}
      </span>
    </Tip>
  )
}

export function ByCell({ row }: { row: PipelineRow }) {
  const author = revisionOf(row)?.author
  return author === undefined ? none : <span className={`${css.cut} dim`}>{author}</span>
}

export function WhenCell({ row }: { row: PipelineRow }) {
  return row.execution === undefined ? none : <When at={row.execution.startedAt} className="dim" />
}

/** Still going: the clock runs on by itself between two answers of AWS. */
const goesOn = (row: PipelineRow) => row.state === 'running' || row.state === 'waiting'

/** Set while its clock runs. ISO 8601. */
const runsSince = (row: PipelineRow) => (goesOn(row) && !row.problem ? row.execution?.startedAt : undefined)

export function TookCell({ row }: { row: PipelineRow }) {
  return <Took ms={row.durationMs} since={runsSince(row)} />
}

/** Longer than the median by so much is worth a look. */
const muchLonger = 0.25

export function MedianCell({ row }: { row: PipelineRow }) {
  const over = useNow(({ now }) => {
    const since = runsSince(row)
    return since === undefined ? overMedian(row) : overMedian({ ...row, durationMs: now - Date.parse(since) })
  })
  if (over === undefined || row.medianMs === undefined) return none
  const long = over > row.medianMs * muchLonger
  const words = `${spokenDuration(Math.abs(over))} ${over < 0 ? 'shorter' : 'longer'} than the median, ${spokenDuration(row.medianMs)}`
  return (
    <Tip text={words}>
      <span className={`mono ${long ? css.long : 'faint'}`}>{formatDifference(over)}</span>
    </Tip>
  )
}
