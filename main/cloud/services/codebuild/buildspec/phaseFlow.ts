import { assertNever } from '../../../../base/assertNever.ts'
import { type CommandPhase, commandPhases, type OnFailure } from './model.ts'

/** How one attempt at a phase ended. */
export interface PhaseOutcome {
  phase: CommandPhase
  /** The failure's message; absent where every command succeeded. */
  failure?: string
}

export type NextPhase =
  | { kind: 'run'; phase: CommandPhase; attempt: number }
  /** No command phase is left: reports and artifacts are next, whatever happened before. */
  | { kind: 'upload' }

/**
 * What follows, given the attempts made so far (fact sheet, section 5.1): a failed INSTALL or PRE_BUILD skips the
 * phases after it, a failed BUILD still runs POST_BUILD, `on-failure` overrides both, and uploading is always tried.
 */
export function nextPhase(policy: (phase: CommandPhase) => OnFailure, attempts: readonly PhaseOutcome[]): NextPhase {
  const last = attempts.at(-1)
  if (!last) return { kind: 'run', phase: 'INSTALL', attempt: 1 }
  if (last.failure === undefined) return after(last.phase)
  const onFailure = policy(last.phase)
  switch (onFailure.kind) {
    case 'abort':
      return { kind: 'upload' }
    case 'continue':
      return after(last.phase)
    case 'retry': {
      const made = attempts.filter(attempt => attempt.phase === last.phase).length
      const matches = onFailure.pattern === undefined || new RegExp(onFailure.pattern).test(last.failure)
      if (matches && made <= onFailure.times) return { kind: 'run', phase: last.phase, attempt: made + 1 }
      return byDefault(last.phase)
    }
    case 'default':
      return byDefault(last.phase)
    default:
      return assertNever(onFailure, 'on-failure')
  }
}

/**
 * Whether the build as a whole still succeeds: only the last attempt at each phase counts. With CONTINUE the next
 * phase runs, but the build ends FAILED: UNCONFIRMED, chosen because a green build that had a red phase misleads.
 */
export function succeeding(attempts: readonly PhaseOutcome[]): boolean {
  return commandPhases.every(phase => attempts.findLast(attempt => attempt.phase === phase)?.failure === undefined)
}

function after(phase: CommandPhase): NextPhase {
  const next = commandPhases[commandPhases.indexOf(phase) + 1]
  return next ? { kind: 'run', phase: next, attempt: 1 } : { kind: 'upload' }
}

function byDefault(phase: CommandPhase): NextPhase {
  return phase === 'BUILD' ? after(phase) : { kind: 'upload' }
}
