import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Took } from '../../../components/Took.tsx'
import { When } from '../../../components/When.tsx'
import { shortId } from '../../../format/ids.ts'
import { shownExecution } from '../facts.ts'
import { ReleasedCommits } from '../ReleasedCommits.tsx'
import { CostSection } from './CostSection.tsx'
import { Facts } from './Facts.tsx'
import { Arn, Identifier } from './Identifier.tsx'
import css from './inspector.module.css'
import { StateLine } from './StateLine.tsx'

/** Nothing is selected: the pipeline itself, and the execution that the screen is about. */
export function PipelineOverview({ view }: { view: PipelineView }) {
  const execution = shownExecution(view)
  const { definition } = view
  return (
    <div className={css.body}>
      {execution && (
        <section>
          <h2>Execution {shortId(execution.id)}</h2>
          <Facts
            facts={[
              ['State', <StateLine key="state" state={execution.state} more={execution.status} />],
              ['Started', <When key="at" at={execution.startedAt} ago />],
              view.row.execution?.id === execution.id && [
                'Took',
                <Took
                  key="took"
                  ms={view.row.durationMs}
                  since={execution.state === 'running' ? execution.startedAt : undefined}
                />,
              ],
              [
                'Trigger',
                execution.trigger && [execution.trigger.type, execution.trigger.detail].filter(Boolean).join(' · '),
              ],
              execution.type === 'ROLLBACK' && [
                'Rolls back to',
                execution.rollbackTarget && shortId(execution.rollbackTarget),
              ],
              ['Stopped because', execution.stopReason],
              execution.version !== undefined && ['Version', String(execution.version)],
              ['Id', <Identifier key="id" text={execution.id} what="the execution" />],
              execution.sample && ['Origin', 'Sample data, made in simulated time'],
            ]}
          />
          <ReleasedCommits view={view} executionId={execution.id} />
        </section>
      )}
      <section>
        <h2>Pipeline</h2>
        <Facts
          facts={[
            ['Version', String(definition.version)],
            definition.updatedAt !== undefined && ['Changed', <When key="at" at={definition.updatedAt} ago />],
            ['Runs as', <Arn key="role" arn={definition.roleArn} what="the role" />],
            ['Artifacts in', definition.artifactBuckets.join(', ')],
            [
              'Variables',
              definition.variables
                .map(({ name, defaultValue }) => `${name}=${defaultValue ?? '(given at start)'}`)
                .join(', '),
            ],
          ]}
        />
      </section>
      <CostSection view={view} />
      <p className={css.hint}>Select a stage, a gate or an action: arrows walk, Enter opens it here.</p>
    </div>
  )
}
