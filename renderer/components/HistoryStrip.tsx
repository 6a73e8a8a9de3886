import { useEffect } from 'react'
import { count } from '../format/ids.ts'
import { followHistory, pauseHistory, readHistory, useHistory } from '../stores/history.ts'
import { Button } from './Button.tsx'
import { FailureNotice } from './FailureNotice.tsx'
import css from './HistoryStrip.module.css'

/** Enough for this month and the one before it. */
const offered = [30, 90, 365] as const

/** How far the past is known that the figures below are computed from, and the reading of more of it. */
export function HistoryStrip() {
  useEffect(followHistory, [])
  const { progress, failure } = useHistory()
  if (!progress) return failure ? <FailureNotice failure={failure} /> : null
  const { state, days, read, pipelines, sources, calls } = progress
  const problems = sources.flatMap(source => source.problems)
  const executions = sources.reduce((sum, source) => sum + source.executions, 0)
  const words = {
    idle: 'The past has not been read yet: what the desk happened to see is all that it counts.',
    reading: `Reading ${days} days: ${read} of ${count(pipelines, 'pipeline')}, ${count(executions, 'execution')} so far.`,
    paused: `Paused at ${read} of ${count(pipelines, 'pipeline')}, ${days} days.`,
    done: `${days} days of ${count(pipelines, 'pipeline')} are read: ${count(executions, 'execution')}.`,
  }[state]
  return (
    <section className={css.strip} aria-label="How far the past is known">
      <p className={css.words}>
        {words} <span className="faint">{count(calls, 'call')} since the desk started, behind everything else.</span>
      </p>
      {state === 'reading' && (
        <progress className={css.bar} max={Math.max(pipelines, 1)} value={read} aria-label="Pipelines read" />
      )}
      {state === 'reading' ? (
        <Button onClick={() => void pauseHistory()}>Pause</Button>
      ) : (
        offered
          .filter(more => state === 'paused' || more > days)
          .map(more => (
            <Button key={more} onClick={() => void readHistory(more)}>
              Read {more} days
            </Button>
          ))
      )}
      {problems.length > 0 && (
        <details className={css.problems}>
          <summary>{count(problems.length, 'part')} could not be read; the others go on</summary>
          {problems.map(problem => (
            <FailureNotice key={`${problem.code} ${JSON.stringify(problem.place)}`} failure={problem} />
          ))}
        </details>
      )}
    </section>
  )
}
