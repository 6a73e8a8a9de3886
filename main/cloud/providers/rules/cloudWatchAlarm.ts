import type { Clock, Millis } from '../../../base/clock.ts'
import type { Authorize } from '../../server/operation.ts'
import { type Artifacts, permitted } from '../artifacts.ts'
import { ActionFailure } from '../provider.ts'
import { misconfigured, type RuleJob, type RuleOutcome, type RuleProvider } from './ruleProvider.ts'
import { until } from './until.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
/** The state of an alarm now; undefined where there is no such alarm. */
export type AlarmStateOf = (account: string, region: string, name: string) => AlarmState | undefined

const lookEvery: Millis = 10_000
const states: readonly string[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] satisfies readonly AlarmState[]

/**
 * CloudWatchAlarm: an alarm that is OK at the first look passes at once; any other has `WaitTime` minutes to become
 * OK, and fails where it is in one of `AlarmStates` (default ALARM) at the end (fact sheet, section 3.4). UNCONFIRMED:
 * an alarm that is neither passes then.
 */
export function cloudWatchAlarm(lends: {
  clock: Clock
  artifacts: Artifacts
  authorize: Authorize
  alarmState: AlarmStateOf
}): RuleProvider {
  const { clock, artifacts, authorize, alarmState } = lends

  const look = async (job: RuleJob, name: string): Promise<AlarmState> => {
    const { pipeline, rule } = job
    const as = artifacts.identity({ ...job, action: rule, attempt: job.run })
    const account = rule.roleArn?.split(':')[4] ?? pipeline.account
    const region = rule.region ?? pipeline.region
    const arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`
    await permitted(
      reason => reason,
      () => authorize(as, 'cloudwatch:DescribeAlarms', arn),
    )
    const state = alarmState(account, region, name)
    if (!state) throw new ActionFailure('ConfigurationError', `The alarm ${name} does not exist.`)
    return state
  }

  const decide = async (job: RuleJob): Promise<RuleOutcome> => {
    const { AlarmName: name = '', AlarmStates: watched = 'ALARM', WaitTime: wait = '0' } = job.run.resolvedConfiguration
    const failing = watched.split(',').map(state => state.trim())
    const odd = failing.find(state => !states.includes(state))
    if (odd !== undefined) return misconfigured(`${odd} is no state of an alarm.`)
    if (!/^\d+$/.test(wait)) return misconfigured(`WaitTime ${wait} is no number of minutes.`)
    const end = job.run.startedAt + Number(wait) * 60_000
    let state = await look(job, name)
    while (state !== 'OK' && clock.now() < end) {
      await until(clock, Math.min(end, clock.now() + lookEvery), job.signal)
      state = await look(job, name)
    }
    if (!failing.includes(state) || state === 'OK') return { passed: true }
    return { passed: false, error: { code: 'RuleFailed', message: `The alarm ${name} is in the state ${state}.` } }
  }

  return {
    async check(job) {
      try {
        return await decide(job)
      } catch (thrown) {
        if (!(thrown instanceof ActionFailure)) throw thrown
        return { passed: false, error: { code: thrown.code, message: thrown.message } }
      }
    },
  }
}
