import type { FlakyAction } from '../../preload/contract/metrics.ts'
import type { ActionFact } from '../store/history.ts'
import { revisionsOf } from './deployments.ts'
import { kindOf } from './kind.ts'
import { isWithin, type PipelinePast, type Span } from './past.ts'

/**
 * Actions that failed and then succeeded on the same revisions and the same version of the definition: by a retry of the
 * execution or by another one. Nothing that the pipeline knows of had changed. Most frequent first. Pure.
 */
export function flakyActions(past: PipelinePast, span: Span): FlakyAction[] {
  const executions = new Map(past.executions.map(execution => [execution.id, execution]))
  const ended = [...past.actions.values()]
    .flat()
    .filter(({ state, updatedAt }) => (state === 'succeeded' || state === 'failed') && isWithin(span, updatedAt))
    .filter(attempt => kindOf(attempt, past.definition) !== 'approval')
  const byAction = Map.groupBy(ended, ({ stage, action }) => `${stage}\n${action}`)
  return [...byAction.values()]
    .flatMap((attempts): FlakyAction[] => {
      const inputs = Map.groupBy(attempts, attempt => {
        const execution = executions.get(attempt.executionId)
        const revisions = execution ? revisionsOf(execution) : ''
        // Without revisions only a retry is known to be of the same.
        return `${revisions === '' ? attempt.executionId : revisions} ${attempt.version ?? ''}`
      })
      const flakes = [...inputs.values()].flatMap(flakesOf)
      const last = flakes.toSorted((a, b) => b.failed.updatedAt - a.failed.updatedAt)[0]
      if (!last) return []
      const { stage, action, executionId, updatedAt, errorCode } = last.failed
      return [
        {
          key: past.key,
          stage,
          action,
          flakes: flakes.length,
          attempts: attempts.length,
          share: flakes.length / attempts.length,
          lostMs: flakes.reduce((sum, { lostMs }) => sum + lostMs, 0),
          lastAt: new Date(updatedAt).toISOString(),
          executionId,
          sampleData: flakes.some(({ failed }) => failed.sample),
          ...(errorCode !== undefined && { error: errorCode }),
        },
      ]
    })
    .sort((a, b) => b.flakes - a.flakes || b.lostMs - a.lostMs)
}

/** Each failure that a success of the same follows. Of failures in a row the first one began the loss. */
function flakesOf(attempts: readonly ActionFact[]): { failed: ActionFact; lostMs: number }[] {
  const flakes: { failed: ActionFact; lostMs: number }[] = []
  let pending: ActionFact[] = []
  for (const attempt of attempts.toSorted((a, b) => a.updatedAt - b.updatedAt)) {
    if (attempt.state === 'failed') {
      pending.push(attempt)
    } else {
      for (const [index, failed] of pending.entries()) {
        flakes.push({ failed, lostMs: index === 0 ? attempt.updatedAt - failed.updatedAt : 0 })
      }
      pending = []
    }
  }
  return flakes
}
