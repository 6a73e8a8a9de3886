import type { ActionDetail, PipelineView } from '../../../../preload/contract/pipelines.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Identifier, Outside } from './Identifier.tsx'
import css from './inspector.module.css'

type Artifact = ActionDetail['inputArtifacts'][number]

/** The revisions that the execution carries, and the artifacts that went in and came out. */
export function Artifacts({ view, detail }: { view: PipelineView; detail: ActionDetail | undefined }) {
  const execution = view.executions.find(({ id }) => id === (detail?.executionId ?? view.row.execution?.id))
  const revisions = execution?.revisions ?? []
  const none = revisions.length === 0 && !detail?.inputArtifacts.length && !detail?.outputArtifacts.length
  if (none) return <EmptyState title="No artifacts yet">They are known once the action has begun.</EmptyState>
  return (
    <div className={css.body}>
      {revisions.length > 0 && (
        <section>
          <h2>Source revisions</h2>
          <ul className={css.blocks}>
            {revisions.map(({ actionName, id, summary, author, url }) => (
              <li key={actionName}>
                <b>{actionName}</b>
                <Identifier text={id} what="the revision" />
                {summary !== undefined && <p>{summary}</p>}
                {author !== undefined && <p className="dim">{author}</p>}
                {url !== undefined && <Outside href={url}>Open the revision</Outside>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <List title="Input artifacts" artifacts={detail?.inputArtifacts ?? []} />
      <List title="Output artifacts" artifacts={detail?.outputArtifacts ?? []} />
    </div>
  )
}

function List({ title, artifacts }: { title: string; artifacts: readonly Artifact[] }) {
  if (artifacts.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul className={css.blocks}>
        {artifacts.map(({ name, bucket, key }) => (
          <li key={name}>
            <b>{name}</b>
            {bucket !== undefined && key !== undefined ? (
              <Identifier text={`s3://${bucket}/${key}`} what="the artifact's place" />
            ) : (
              <span className="dim">not stored</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
