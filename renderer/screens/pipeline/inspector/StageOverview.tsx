import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Button } from '../../../components/Button.tsx'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { Took } from '../../../components/Took.tsx'
import { When } from '../../../components/When.tsx'
import { shortId } from '../../../format/ids.ts'
import { conditionState } from '../../../graph/conditionState.ts'
import { conditionWord } from '../../../graph/describe.ts'
import { actionsOf, type GraphModel, type GraphStage } from '../../../graph/graphModel.ts'
import { canRetry, stagesToRollBack } from '../facts.ts'
import { ReleasedCommits } from '../ReleasedCommits.tsx'
import { openDialog, select } from '../screenStore.ts'
import { Facts } from './Facts.tsx'
import { Identifier } from './Identifier.tsx'
import css from './inspector.module.css'
import { StateLine } from './StateLine.tsx'

/** A stage: which execution sits in it, its actions, its conditions, and what can be done. */
export function StageOverview({ view, model, stage }: { view: PipelineView; model: GraphModel; stage: GraphStage }) {
  const { view: state } = stage
  const first = model.stages[0] === stage
  const rollback = stagesToRollBack(view, model)
  const actions = actionsOf(stage)
  return (
    <>
      <div className={css.body}>
        <section>
          <h2>{stage.name} · stage</h2>
          <Facts
            facts={[
              ['State', <StateLine key="state" state={state.state} more={state.status} />],
              [
                'Took',
                <Took
                  key="took"
                  ms={state.durationMs}
                  since={state.state === 'running' ? state.startedAt : undefined}
                />,
              ],
              state.startedAt !== undefined && ['Entered', <When key="at" at={state.startedAt} ago />],
              state.executionId !== undefined && [
                'Execution',
                <Identifier
                  key="execution"
                  text={state.executionId}
                  short={shortId(state.executionId)}
                  what="the execution"
                />,
              ],
              state.retries > 0 && ['Retries', String(state.retries)],
              state.inbound.length > 0 && ['Waiting before it', state.inbound.map(shortId).join(', ')],
            ]}
          />
          <ReleasedCommits view={view} executionId={state.executionId} />
        </section>
        <section>
          <h2>Actions</h2>
          <ul className={css.rows}>
            {actions.map(({ view: action }) => (
              <li key={action.name}>
                <button
                  type="button"
                  onClick={() => select({ kind: 'action', stage: stage.name, action: action.name })}
                >
                  <StateGlyph state={action.state} />
                  <span>{action.name}</span>
                  <Took ms={action.durationMs} since={action.state === 'running' ? action.startedAt : undefined} />
                </button>
              </li>
            ))}
          </ul>
        </section>
        {(stage.definition?.conditions.length ?? 0) > 0 && (
          <section>
            <h2>Conditions</h2>
            <ul className={css.rows}>
              {stage.definition?.conditions.map(condition => {
                const known = state.conditions.find(({ kind }) => kind === condition.kind)
                return (
                  <li key={condition.kind}>
                    <button
                      type="button"
                      onClick={() => select({ kind: 'condition', stage: stage.name, condition: condition.kind })}
                    >
                      <StateGlyph state={conditionState(known?.status)} decorative />
                      <span>{conditionWord[condition.kind]}</span>
                      <span className="dim">{known?.status ?? 'not evaluated'}</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        )}
      </div>
      <footer className={css.foot}>
        {canRetry(state) && (
          <Button look="primary" keys="R" onClick={() => openDialog({ kind: 'retry', stage: stage.name })}>
            Retry…
          </Button>
        )}
        {!first && (
          <Button keys="T" onClick={() => openDialog({ kind: 'transition', stage: stage.name })}>
            {state.transition.open ? 'Close transition…' : 'Open transition…'}
          </Button>
        )}
        {!first && (
          <Button
            look="danger"
            keys="B"
            disabledBecause={rollback.ok ? undefined : rollback.why}
            onClick={() => openDialog({ kind: 'rollback', stage: stage.name })}
          >
            Roll back…
          </Button>
        )}
      </footer>
    </>
  )
}
