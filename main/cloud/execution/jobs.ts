import type { Clock, Millis } from '../../base/clock.ts'
import { messageOf } from '../../base/failure.ts'
import { ActionFailure, type ActionJob, type PipelineRef, type Providers } from '../providers/provider.ts'
import type { RuleProviders } from '../providers/rules/ruleProvider.ts'
import type { FoundAction, FoundRule } from './lookup.ts'
import type { ActionExecution, ActionPlan, ActionReport, ErrorDetails, PipelineEvent } from './model.ts'

export interface JobsOptions {
  clock: Clock
  providers: Providers
  rules: RuleProviders
  /** Makes what a job tells durable. Throws where that fails. */
  tell: (pipeline: PipelineRef, event: PipelineEvent) => void
  onError: (error: unknown, what: string) => void
}

/** The outside work of action and rule executions that the machine waits for. */
export interface Jobs {
  /** Begins, or after a restart takes up again, the work of an attempt. */
  startAction(pipeline: PipelineRef, found: FoundAction, resumed: boolean): void
  startRule(pipeline: PipelineRef, found: FoundRule): void
  /** Ends the outside work of an attempt that nobody waits for. */
  release(pipeline: PipelineRef, action: ActionPlan, attempt: ActionExecution): void
  /** Nobody waits for it any more: its outcome is ignored. */
  forget(id: string): void
  forgetPipeline(pipeline: number): void
  /** Ignores all outcomes from now on and waits, for a while, until nothing runs in this process. */
  stop(): Promise<void>
}

/** `errorDetails` of whatever a provider threw: its own refusal, or a fault of ours said to be one. */
function errorOf(thrown: unknown): ErrorDetails {
  if (thrown instanceof ActionFailure) return { code: thrown.code, message: thrown.message }
  return { code: 'InternalError', message: messageOf(thrown) }
}

/** How long a stop waits for work that does not heed its signal. */
const grace: Millis = 5_000

export function createJobs({ clock, providers, rules, tell, onError }: JobsOptions): Jobs {
  const live = new Map<string, { pipeline: number; controller: AbortController }>()
  const running = new Set<Promise<void>>()

  const track = (work: Promise<void>, what: string) => {
    const tracked = work.catch((error: unknown) => onError(error, what)).finally(() => running.delete(tracked))
    running.add(tracked)
  }
  const open = (pipeline: PipelineRef, id: string) => {
    live.get(id)?.controller.abort()
    const controller = new AbortController()
    live.set(id, { pipeline: pipeline.id, controller })
    return controller.signal
  }

  const act = async (job: ActionJob, resumed: boolean) => {
    const actionExecutionId = job.attempt.id
    let event: PipelineEvent
    try {
      const provider = providers.for(job.action)
      const known = job.attempt.report.externalExecutionId !== undefined
      const outcome = await (resumed && known && provider.resume ? provider.resume(job) : provider.start(job))
      if (outcome.kind === 'pending') return
      const { result, summary } = outcome
      event = { kind: 'actionSucceeded', actionExecutionId, result, ...(summary === undefined ? {} : { summary }) }
    } catch (thrown) {
      if (!(thrown instanceof ActionFailure) && !job.signal.aborted) onError(thrown, `action ${job.action.name}`)
      const summary = thrown instanceof ActionFailure ? thrown.summary : undefined
      event = {
        kind: 'actionFailed',
        actionExecutionId,
        error: errorOf(thrown),
        ...(summary === undefined ? {} : { summary }),
      }
    }
    if (!job.signal.aborted) tell(job.pipeline, event)
  }

  return {
    startAction(pipeline, { execution, attempt, action, plan }, resumed) {
      const signal = open(pipeline, attempt.id)
      const job: ActionJob = {
        pipeline,
        plan,
        execution,
        action,
        attempt,
        signal,
        report(report) {
          if (!signal.aborted) tell(pipeline, { kind: 'actionReported', actionExecutionId: attempt.id, report })
        },
      }
      track(act(job, resumed), `action ${action.name}`)
    },
    startRule(pipeline, { execution, run, rule, plan }) {
      const signal = open(pipeline, run.id)
      const report = (told: ActionReport) => {
        if (!signal.aborted) tell(pipeline, { kind: 'ruleReported', ruleExecutionId: run.id, report: told })
      }
      const check = async () => {
        let event: PipelineEvent
        try {
          const outcome = await rules.for(rule).check({ pipeline, plan, execution, rule, run, signal, report })
          if ('pending' in outcome) return
          event = {
            kind: 'ruleEnded',
            ruleExecutionId: run.id,
            passed: outcome.passed,
            ...(outcome.passed ? {} : { error: outcome.error }),
          }
        } catch (thrown) {
          event = { kind: 'ruleEnded', ruleExecutionId: run.id, passed: false, error: errorOf(thrown) }
        }
        if (!signal.aborted) tell(pipeline, event)
      }
      track(check(), `rule ${rule.name}`)
    },
    release(pipeline, action, attempt) {
      const provider = providers.for(action)
      if (provider.release) track(provider.release({ pipeline, action, attempt }), `release of ${action.name}`)
    },
    forget(id) {
      live.get(id)?.controller.abort()
      live.delete(id)
    },
    forgetPipeline(pipeline) {
      for (const [id, job] of live) {
        if (job.pipeline !== pipeline) continue
        job.controller.abort()
        live.delete(id)
      }
    },
    async stop() {
      for (const { controller } of live.values()) controller.abort()
      live.clear()
      const patience = Promise.withResolvers<void>()
      const giveUp = clock.after(grace, patience.resolve)
      // What does not end is found again by its attempt's id at the next start.
      await Promise.race([Promise.all(running), patience.promise])
      giveUp()
    },
  }
}
