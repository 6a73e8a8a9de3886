import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { phaseChange, stateChange } from './announcements.ts'
import type { BuildStore } from './buildStore.ts'
import { type BuildRecord, currentPhase, type EndStatus, type PhaseRecord, type PhaseType } from './model.ts'
import type { PipelineBuildReport } from './pipelineBuilds.ts'

/** How far one build has come. Every change is durable before anybody is told of it. */
export interface Progress {
  readonly record: BuildRecord
  enter(phase: PhaseType): void
  /** Ends the phase that was entered last. */
  leave(status: EndStatus, context?: { statusCode: string; message: string }): void
  change(patch: Partial<BuildRecord>): void
  end(status: EndStatus): void
}

export function createProgress(
  initial: BuildRecord,
  around: {
    builds: BuildStore
    clock: Clock
    bus: EventBus
    tell: (arn: string, report: PipelineBuildReport) => void
  },
): Progress {
  const { builds, clock, bus, tell } = around
  let record = initial
  const change = (patch: Partial<BuildRecord>) => {
    record = { ...record, ...patch }
    builds.update(record)
  }
  return {
    get record() {
      return record
    },
    change,
    enter(type) {
      change({ phases: [...record.phases, { type, status: 'IN_PROGRESS', startedAt: clock.now(), contexts: [] }] })
      tell(record.arn, { kind: 'phase', phase: type })
    },
    leave(status, context) {
      const last = record.phases.at(-1)
      if (!last || last.endedAt !== undefined) return
      const ended: PhaseRecord = { ...last, status, endedAt: clock.now(), contexts: context ? [context] : [] }
      change({ phases: [...record.phases.slice(0, -1), ended] })
      bus.publish(phaseChange(record, ended, clock.now()))
    },
    end(status) {
      const now = clock.now()
      // COMPLETED is a mark, no work: the API gives it a start and no status.
      change({ phases: [...record.phases, { type: 'COMPLETED', startedAt: now, contexts: [] }], status, endedAt: now })
      bus.publish(stateChange(record, now))
      tell(record.arn, endReport(record, status))
    },
  }
}

/** What CodePipeline is told of a build that has ended. */
export function endReport(record: BuildRecord, status: EndStatus): PipelineBuildReport {
  return {
    kind: 'ended',
    status,
    summary: summaryOf(record),
    exportedVariables: Object.fromEntries(record.exportedVariables.map(({ name, value }) => [name, value])),
  }
}

/** As recorded from AWS: `Build terminated with state: FAILED. Phase: BUILD, Code: …, Message: …`; the first failure counts. */
function summaryOf(record: BuildRecord): string {
  const outcome = `Build terminated with state: ${record.status}`
  const failed = record.phases.find(phase => phase.contexts.length > 0 && phase.status !== 'SUCCEEDED')
  const context = failed?.contexts[0]
  if (record.status === 'SUCCEEDED' || !failed || !context) return outcome
  return `${outcome}. Phase: ${failed.type}, Code: ${context.statusCode}, Message: ${context.message}`
}

/** Whether a build still waits for its turn. */
export const isQueued = (record: BuildRecord) => ['SUBMITTED', 'QUEUED'].includes(currentPhase(record))
