import { graphModel } from '../../renderer/graph/graphModel.ts'
import { type InventedStage, inventedDefinition, inventedViews } from '../../renderer/graph/invented.testing.ts'
import { layout } from '../../renderer/graph/layout.ts'
import { percentile, report } from './results.ts'

/** AWS's largest pipeline by its quotas: 50 stages; and 100 actions in each, more than AWS allows in all. */
const frame = 1000 / 60
const stages: InventedStage[] = Array.from({ length: 50 }, (_, stage) => ({
  name: `Stage${stage}`,
  actions: Array.from({ length: 100 }, (_, action) => ({
    name: `Action${action}`,
    runOrder: 1 + (action % 5),
    state: 'running' as const,
  })),
}))
const definition = inventedDefinition(stages)
const views = inventedViews(stages)
const samples = Array.from({ length: 60 }, () => {
  const began = performance.now()
  layout(graphModel({ definition, stages: views }), {
    memory: new Map(),
    unfolded: new Set(stages.map(({ name }) => name)),
  })
  return performance.now() - began
}).slice(10)
const p95 = percentile(samples, 0.95)
report('layout', [
  {
    what: 'layout of 50 stages × 100 actions, all unfolded, p95',
    measured: `${p95.toFixed(1)} ms`,
    beside: `${frame.toFixed(1)} ms (one frame)`,
    ratio: (p95 / frame).toFixed(2),
  },
])
