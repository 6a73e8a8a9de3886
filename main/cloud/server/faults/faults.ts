import type { Clock } from '../../../base/clock.ts'
import { pause } from '../../../base/pause.ts'
import type { Dialect } from '../auth/refusal.ts'
import { AwsError } from '../awsError.ts'
import { type Armed, type Asked, arm, decide } from './decide.ts'
import { faultError } from './refusals.ts'
import type { Rule } from './rules.ts'

/** A call with what its fate depends on besides. */
export interface Endangered extends Asked {
  dialect: Dialect
  signal: AbortSignal
}

/** The connection is to end without an answer. */
export class ConnectionDropped extends Error {}

/** A rule as it was set, and how many calls it befell since. */
export interface RuleReport {
  rule: string
  fired: number
}

/** The rules that are on, and what they do to calls. */
export interface Faults {
  /** Puts these in the place of all that were on; they count from nothing. */
  set(rules: readonly Rule[]): void
  report(): { throttle: RuleReport[]; fault: RuleReport[] }
  /**
   * Does the work, or does not, as the rules have it. Throws the protocol's own error, or {@link ConnectionDropped}.
   */
  around<T>(asked: Endangered, work: () => Promise<T>): Promise<T>
}

export interface FaultsOptions {
  clock: Clock
  /** In [0, 1). */
  random: () => number
  rules?: readonly Rule[]
}

export function createFaults({ clock, random, rules: first = [] }: FaultsOptions): Faults {
  let armed: readonly Armed[] = []
  const set = (rules: readonly Rule[]) => {
    armed = rules.map(rule => arm(rule, clock.now()))
  }
  set(first)
  const report = (kind: Rule['kind']) =>
    armed.flatMap(({ rule, fired }) => (rule.kind === kind ? [{ rule: rule.text, fired }] : []))
  return {
    set,
    report: () => ({ throttle: report('limit'), fault: report('fault') }),
    async around(asked, work) {
      if (armed.length === 0) return work()
      const decided = decide(armed, asked, clock.now(), random)
      armed = decided.armed
      const { fate } = decided
      if (fate.delay > 0) await pause(clock, fate.delay, asked.signal)
      switch (fate.kind) {
        case 'refuse':
          throw faultError(fate.as, asked.service, asked.dialect)
        case 'drop':
          if (fate.when === 'after') await ended(work())
          throw new ConnectionDropped()
        default:
          return work()
      }
    },
  }
}

/** A refusal is an end of the work too; whoever is cut off hears of neither. */
async function ended(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AwsError)) throw error
  })
}
