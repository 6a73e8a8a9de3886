import fc from 'fast-check'
import { definitions } from '../../main/cloud/execution/histories.testing.ts'
import { emptyState, step } from '../../main/cloud/execution/machine.ts'
import type { Stamped } from '../../main/cloud/execution/model.ts'
import { RandomHistory } from '../../main/cloud/execution/randomHistory.testing.ts'
import { report } from './results.ts'

/** The pure machine alone: random histories are made first, then only their replay is timed. */
const target = 20_000
const logs: Stamped[][] = []
for (const [index, plans] of fc.sample(definitions, { numRuns: 400, seed: 7 }).entries()) {
  const history = new RandomHistory(plans, false)
  for (const random of fc.sample(fc.nat(), { numRuns: 60, seed: index })) history.random(random)
  logs.push(history.log)
}
const events = logs.reduce((sum, log) => sum + log.length, 0)
const replay = () => {
  for (const log of logs) log.reduce((state, stamped) => step(state, stamped).state, emptyState)
}
replay()
const rates = Array.from({ length: 5 }, () => {
  const began = performance.now()
  replay()
  return events / ((performance.now() - began) / 1000)
}).sort((a, b) => a - b)
const median = rates[2] ?? Number.NaN
report('machine', [
  {
    what: `transitions of the pure machine, ${logs.length} random histories, ${events} events`,
    measured: `${Math.round(median).toLocaleString('en')}/s`,
    beside: `${target.toLocaleString('en')}/s (aim)`,
    ratio: (median / target).toFixed(1),
  },
])
