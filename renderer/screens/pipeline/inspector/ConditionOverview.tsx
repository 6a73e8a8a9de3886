import { Button } from '../../../components/Button.tsx'
import { conditionState } from '../../../graph/conditionState.ts'
import { conditionWord } from '../../../graph/describe.ts'
import type { GraphStage } from '../../../graph/graphModel.ts'
import type { ConditionKind } from '../../../graph/nodeRef.ts'
import { conditionToOverride } from '../facts.ts'
import { openDialog } from '../screenStore.ts'
import { Facts } from './Facts.tsx'
import css from './inspector.module.css'
import { StateLine } from './StateLine.tsx'

/** A condition: its rules, what happens where one of them fails, and how it came out. */
export function ConditionOverview({ stage, kind }: { stage: GraphStage; kind: ConditionKind }) {
  const declared = stage.definition?.conditions.find(condition => condition.kind === kind)
  const known = stage.view.conditions.find(condition => condition.kind === kind)
  const possible = conditionToOverride({ stages: [stage] }, { kind: 'condition', stage: stage.name, condition: kind })
  const override = possible.ok && possible.target.condition === kind ? possible.target : undefined
  return (
    <>
      <div className={css.body}>
        <section>
          <h2>
            {conditionWord[kind]} of {stage.name}
          </h2>
          <Facts
            facts={[
              ['State', <StateLine key="state" state={conditionState(known?.status)} more={known?.status} />],
              ['Summary', known?.summary],
              ['If a rule fails', declared?.result],
            ]}
          />
        </section>
        <section>
          <h2>Rules</h2>
          {declared && declared.rules.length > 0 ? (
            <ul className={css.rows}>
              {declared.rules.map(rule => (
                <li key={rule.name} className={css.line}>
                  <span>{rule.name}</span>
                  <span className="dim">{rule.provider}</span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="dim">No rules: the result alone is declared.</p>
          )}
        </section>
      </div>
      {override && (
        <footer className={css.foot}>
          <Button look="danger" keys="O" onClick={() => openDialog({ kind: 'override', ...override })}>
            Override condition…
          </Button>
        </footer>
      )}
    </>
  )
}
