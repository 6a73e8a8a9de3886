import type { PipelineView } from '../../../preload/contract/pipelines.ts'
import { shortId } from '../../format/ids.ts'
import css from './pipeline.module.css'

/** The revisions that an execution carries: what it would release. */
export function ReleasedCommits({ view, executionId }: { view: PipelineView; executionId: string | undefined }) {
  const execution = view.executions.find(({ id }) => id === executionId)
  if (!execution || execution.revisions.length === 0) return null
  return (
    <ul className={css.commits} aria-label="Revisions">
      {execution.revisions.map(({ actionName, id, summary, author }) => (
        <li key={actionName}>
          <span className="mono dim">{shortId(id)}</span>
          <span className={css.commitText}>{summary ?? actionName}</span>
          <span className="dim">{author}</span>
        </li>
      ))}
    </ul>
  )
}
