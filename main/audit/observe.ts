import type { Known } from '../pipelines/known.ts'
import type { Draft, Observation } from './ledger/record.ts'

/**
 * What CodePipeline's own state says of who decided, closed and stopped: `lastUpdatedBy`, `lastChangedBy`, the reason of
 * a stop. Sample data is nobody's doing.
 */
export function observations({ key, live, definition, executions }: Known): Draft[] {
  const here = { region: key.region, pipeline: key.name }
  const approvals = new Set(
    definition?.stages.flatMap(stage =>
      stage.actions.filter(({ category }) => category === 'Approval').map(({ name }) => `${stage.name}/${name}`),
    ),
  )
  const invented = new Set(executions.filter(({ sample }) => sample).map(({ id }) => id))
  const observed: Observation[] = [
    ...(live?.stages ?? []).flatMap(({ name: stage, transition, actions, latest }) => [
      ...(!transition.open && transition.by !== undefined && transition.at !== undefined
        ? [
            {
              ...here,
              what: 'transitionClosed' as const,
              stage,
              at: transition.at,
              by: transition.by,
              ...(transition.reason !== '' && { comment: transition.reason }),
            },
          ]
        : []),
      ...actions.flatMap(({ name: action, by, changedAt: at, status, actionExecutionId, summary }) =>
        by === undefined ||
        at === undefined ||
        actionExecutionId === undefined ||
        (status !== 'Succeeded' && status !== 'Failed') ||
        !approvals.has(`${stage}/${action}`) ||
        (latest !== undefined && invented.has(latest.executionId))
          ? []
          : [
              {
                ...here,
                what: 'approval' as const,
                stage,
                action,
                at,
                by,
                status,
                actionExecutionId,
                ...(summary !== undefined && { comment: summary }),
              },
            ],
      ),
    ]),
    ...executions.flatMap(({ id, stopReason, updatedAt, sample }) =>
      sample || stopReason === undefined
        ? []
        : [{ ...here, what: 'stopped' as const, at: updatedAt, executionId: id, comment: stopReason }],
    ),
  ]
  return observed.map(each => ({ source: 'codePipeline', observed: each }))
}
