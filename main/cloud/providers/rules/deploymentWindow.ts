import type { Clock, Millis } from '../../../base/clock.ts'
import { misconfigured, type RuleProvider } from './ruleProvider.ts'
import { until } from './until.ts'
import { InvalidWindow, nextWindow } from './window/nextWindow.ts'

/** DeploymentWindow: passes while the window is open, and waits until it opens; the machine holds the time limit. */
export function deploymentWindow(clock: Clock): RuleProvider {
  return {
    async check({ run: { resolvedConfiguration }, signal }) {
      const { Cron: cron = '', TimeZone: zone } = resolvedConfiguration
      const now = clock.now()
      let opens: Millis | undefined
      try {
        opens = nextWindow(cron, zone, now)
      } catch (thrown) {
        if (thrown instanceof InvalidWindow) return misconfigured(thrown.message)
        throw thrown
      }
      if (opens === undefined) return misconfigured(`The deployment window ${cron} never opens again.`)
      if (opens > now) await until(clock, opens, signal)
      return { passed: true }
    },
  }
}
