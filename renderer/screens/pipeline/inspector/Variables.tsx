import type { ActionDetail, PipelineView } from '../../../../preload/contract/pipelines.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import css from './inspector.module.css'
import { Values } from './Values.tsx'

/** What this action put out, then every namespace of the execution. */
export function Variables({ view, detail }: { view: PipelineView; detail: ActionDetail | undefined }) {
  const own = Object.entries(detail?.outputVariables ?? {})
  const spaces = [...Map.groupBy(view.variables, ({ namespace }) => namespace)]
  if (own.length === 0 && spaces.length === 0) {
    return <EmptyState title="No variables">Neither the pipeline nor its actions have put any out yet.</EmptyState>
  }
  return (
    <div className={css.body}>
      {own.length > 0 && (
        <section>
          <h2>Put out by this action</h2>
          <Values values={own} />
        </section>
      )}
      {spaces.map(([namespace, variables]) => (
        <section key={namespace}>
          <h2>
            <span className="mono">#{`{${namespace}.…}`}</span>
          </h2>
          <Values values={variables.map(({ name, value }) => [name, value])} />
        </section>
      ))}
    </div>
  )
}
