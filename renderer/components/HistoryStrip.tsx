import { useEffect } from 'react'
import type { HistoryProgress } from '../../preload/contract/metrics.ts'
import { count } from '../format/ids.ts'
import { useFleet } from '../stores/fleet.ts'
import { followHistory, needHistory, pauseHistory, readHistory, readings, useHistory } from '../stores/history.ts'
import { Button } from './Button.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import css from './HistoryStrip.module.css'

/** How far the past is known that the figures below are computed from; begins to read as many days as they need. */
export function HistoryStrip({ needs }: { needs: number }) {
  useEffect(followHistory, [])
  useEffect(() => needHistory(needs), [needs])
  const { progress, failure } = useHistory()
  const fleet = useFleet(state => state.rows.size)
  return (
    <section className={css.strip} aria-label="How far the past is known">
      <p className={css.words}>
        {progress ? wordsOf(progress) : 'Looking how far the past is known…'}
        {progress?.state === 'done' &&
          fleet > progress.pipelines &&
          ` ${count(fleet - progress.pipelines, 'pipeline')} came since.`}
        {progress && progress.calls > 0 && (
          <span className="faint">
            {' '}
            {count(progress.calls, 'call')} since the desk started, behind everything else.
          </span>
        )}
      </p>
      {progress && <Offers progress={progress} />}
      {failure && (
        <div className={css.problems}>
          <FailureNotice failure={failure} />
        </div>
      )}
      {progress && <Problems progress={progress} />}
    </section>
  )
}

function wordsOf({ state, days, read, pipelines, sources }: HistoryProgress): string {
  const executions = sources.reduce((sum, source) => sum + source.executions, 0)
  const known = `${count(executions, 'execution')} known`
  switch (state) {
    case 'idle':
      return `The past has not been read since the desk started: ${known}.`
    case 'reading':
      return `Reading ${days} days: ${read} of ${count(pipelines, 'pipeline')}, ${known} so far.`
    case 'paused':
      return `Paused at ${read} of ${count(pipelines, 'pipeline')}, ${days} days: ${known}.`
    case 'done':
      return read < pipelines
        ? `${days} days of ${read} of ${count(pipelines, 'pipeline')} are read: ${known}.`
        : `${days} days of ${count(pipelines, 'pipeline')} are read: ${known}.`
  }
}

function Offers({ progress: { state, days, read, pipelines } }: { progress: HistoryProgress }) {
  if (state === 'reading') {
    return (
      <>
        <progress className={css.bar} max={Math.max(pipelines, 1)} value={read} aria-label="Pipelines read" />
        <Button onClick={() => void pauseHistory()}>Pause</Button>
      </>
    )
  }
  return (
    <>
      {state === 'paused' && <Button onClick={() => void readHistory(days)}>Go on</Button>}
      {state === 'done' && (
        <Button tip="What is new is read every ten minutes; this reads it now" onClick={() => void readHistory(days)}>
          Read again
        </Button>
      )}
      {readings
        .filter(more => more > days)
        .map(more => (
          <Button key={more} onClick={() => void readHistory(more)}>
            Read {more} days
          </Button>
        ))}
    </>
  )
}

function Problems({ progress: { sources } }: { progress: HistoryProgress }) {
  const problems = sources.flatMap(source => source.problems)
  if (problems.length === 0) return null
  return (
    <details className={css.problems}>
      <summary>{count(problems.length, 'part')} could not be read; the others go on</summary>
      {problems.map(problem => (
        <FailureNotice key={`${problem.code} ${JSON.stringify(problem.place)}`} failure={problem} />
      ))}
    </details>
  )
}
