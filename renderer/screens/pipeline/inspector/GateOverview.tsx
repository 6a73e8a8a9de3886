import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Button } from '../../../components/Button.tsx'
import { When } from '../../../components/When.tsx'
import { shortId } from '../../../format/ids.ts'
import type { GraphStage } from '../../../graph/graphModel.ts'
import { openDialog } from '../screenStore.ts'
import { Facts } from './Facts.tsx'
import { Arn } from './Identifier.tsx'
import css from './inspector.module.css'

/** A transition: open, or closed by whom, when and why; and the executions that wait before it. */
export function GateOverview({ view, stage }: { view: PipelineView; stage: GraphStage }) {
  const { transition, inbound } = stage.view
  return (
    <>
      <div className={css.body}>
        <section>
          <h2>Transition into {stage.name}</h2>
          <Facts
            facts={
              transition.open
                ? [['State', 'Open: executions enter as soon as the stage is free']]
                : [
                    [
                      'State',
                      <span key="state" className={css.state} data-state="waiting">
                        Closed
                      </span>,
                    ],
                    ['Reason', transition.reason],
                    transition.by !== undefined && ['By', <Arn key="by" arn={transition.by} what="the caller" />],
                    transition.at !== undefined && ['Since', <When key="at" at={transition.at} ago />],
                  ]
            }
          />
        </section>
        <section>
          <h2>Waiting before it</h2>
          {inbound.length === 0 ? (
            <p className="dim">No execution waits.</p>
          ) : (
            <ol className={css.rows}>
              {inbound.map(id => {
                const execution = view.executions.find(candidate => candidate.id === id)
                const revision = execution?.revisions[0]
                return (
                  <li key={id} className={css.line}>
                    <span className="mono">{shortId(id)}</span>
                    <span>{revision?.summary ?? (revision && shortId(revision.id))}</span>
                    {execution && <When at={execution.startedAt} className="dim" />}
                  </li>
                )
              })}
            </ol>
          )}
          {!transition.open && inbound.length > 0 && (
            <p className="dim">Opening the transition lets the execution that waits enter {stage.name} at once.</p>
          )}
        </section>
      </div>
      <footer className={css.foot}>
        <Button look="primary" keys="T" onClick={() => openDialog({ kind: 'transition', stage: stage.name })}>
          {transition.open ? 'Close transition…' : 'Open transition…'}
        </Button>
      </footer>
    </>
  )
}
