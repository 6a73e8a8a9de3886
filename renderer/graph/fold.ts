import type { State } from '../../preload/contract/base.ts'
import { actionsOf, type GraphGroup, type GraphModel, type GraphStage } from './graphModel.ts'

/** A stage with more actions than this folds (AWS allows 100 in one stage). */
export const foldAbove = 12
/** A smaller group would not become shorter by folding. */
const smallestFold = 4

/**
 * Which actions of folded stages are shown by themselves, in the order in which they came out. One that came out stays
 * out until another execution enters its stage: what a person looks at never slips away when it succeeds.
 */
export type FoldMemory = ReadonlyMap<string, { executionId: string | undefined; out: readonly string[] }>

export const nothingFolded: FoldMemory = new Map()

const wantsEyes: readonly State[] = ['failed', 'running', 'waiting']

/** Depends on the declaration alone, so that no column appears or goes while states change. */
export function foldsGroup(stage: GraphStage, group: GraphGroup): boolean {
  return actionsOf(stage).length > foldAbove && group.actions.length >= smallestFold
}

/** The next memory; the same object where nothing came out and nothing began anew. */
export function remember(model: GraphModel, before: FoldMemory): FoldMemory {
  const after = new Map<string, { executionId: string | undefined; out: readonly string[] }>()
  let changed = false
  for (const stage of model.stages) {
    const actions = actionsOf(stage)
    if (actions.length <= foldAbove) continue
    const known = before.get(stage.name)
    const kept = known && known.executionId === stage.view.executionId ? known : undefined
    const alive = new Set(actions.map(action => action.view.name))
    const out = (kept?.out ?? []).filter(name => alive.has(name))
    const fresh = actions
      .filter(({ view }) => wantsEyes.includes(view.state) && !out.includes(view.name))
      .map(({ view }) => view.name)
    if (kept && fresh.length === 0 && out.length === kept.out.length) after.set(stage.name, kept)
    else {
      changed = true
      after.set(stage.name, { executionId: stage.view.executionId, out: [...out, ...fresh] })
    }
  }
  return changed || after.size !== before.size ? after : before
}

/** What a fold hides, counted by state, the heaviest first. */
export function foldedCounts(states: readonly State[]): [State, number][] {
  const order: readonly State[] = [
    'failed',
    'waiting',
    'running',
    'succeeded',
    'stopped',
    'superseded',
    'cancelled',
    'skipped',
    'stale',
    'notRun',
  ]
  return order
    .map((state): [State, number] => [state, states.filter(other => other === state).length])
    .filter(([, count]) => count > 0)
}
