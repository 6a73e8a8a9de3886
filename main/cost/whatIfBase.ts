import type { WhatIfBase } from '../../preload/contract/cost.ts'
import type { AttemptUsage } from './attemptUsage.ts'
import { freeBuildMinutes, freeMinutes } from './freeTiers.ts'
import type { PipelineMonth } from './pipelineMonth.ts'
import { buildMinutes, type Usage } from './usage.ts'

/** The means of a month's executions. `others` are the account's other pipelines, who share its free tiers. Pure. */
export function whatIfBase(month: PipelineMonth, others: readonly Usage[], days: number): WhatIfBase {
  const { key, type, attempts, usage } = month
  const executions = month.executions.length
  const each = Math.max(executions, 1)
  const builds = attempts.filter(({ build }) => build !== undefined)
  const minutes = (of: readonly AttemptUsage[]) => of.reduce((sum, attempt) => sum + attempt.minutes, 0)
  const used = (of: (usage: Usage) => number) => others.reduce((sum, other) => sum + of(other), 0)
  return {
    region: key.region,
    type,
    executionsPerDay: executions / days,
    otherMinutes: (minutes(attempts) - minutes(builds)) / each,
    builds: [...Map.groupBy(builds, ({ fact }) => `${fact.stage} / ${fact.action}`)].map(([name, of]) => {
      const first = new Set(of.map(({ fact }) => fact.executionId)).size
      return {
        name,
        compute: of.find(({ build }) => build?.compute)?.build?.compute ?? 'linux.small',
        perExecution: of.length / each,
        seconds: of.reduce((sum, { fact }) => sum + fact.updatedAt - fact.startedAt, 0) / of.length / 1000,
        repeats: (of.length - first) / of.length,
      }
    }),
    storedGb: usage.storedGb,
    freePipelineMinutes: Math.max(freeMinutes - used(other => (other.type === 'V2' ? other.minutes.high : 0)), 0),
    freeBuildMinutes: Math.max(freeBuildMinutes - used(other => buildMinutes(other).high), 0),
  }
}
