import type { ActionDefinition, ActionDetail, PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Facts } from './Facts.tsx'
import { Identifier } from './Identifier.tsx'
import css from './inspector.module.css'

export interface RoleProps {
  view: PipelineView
  definition: ActionDefinition | undefined
  detail: ActionDetail | undefined
}

/** As whom the action acts, and how it becomes that. */
export function Role({ view, definition, detail }: RoleProps) {
  const own = detail?.roleArn ?? definition?.roleArn
  return (
    <div className={css.body}>
      <section>
        <h2>Acts as</h2>
        {own === undefined ? (
          <p>The action names no role of its own: it acts as the pipeline.</p>
        ) : (
          <Identifier text={own} what="the action's role" />
        )}
        <Facts
          facts={[
            ['Pipeline’s role', <Identifier key="role" text={view.definition.roleArn} what="the pipeline's role" />],
            definition?.crossAccount && [
              'Other account',
              `${definition.crossAccount.name} (${definition.crossAccount.id})`,
            ],
            ['Region', detail?.region ?? definition?.region ?? view.row.key.region],
          ]}
        />
      </section>
      {definition?.crossAccount && (
        <section>
          <h2>Across accounts</h2>
          <p className="dim">
            The pipeline’s role assumes the action’s role. That needs sts:AssumeRole on it here, its trust there, and
            for both the artifact bucket and its key.
          </p>
        </section>
      )}
    </div>
  )
}
