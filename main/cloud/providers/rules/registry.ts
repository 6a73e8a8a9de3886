import type { Clock } from '../../../base/clock.ts'
import type { Authorize } from '../../server/operation.ts'
import { codeBuild } from '../codeBuild.ts'
import { commands } from '../commands.ts'
import { lambdaInvoke, lambdaInvokeType } from '../lambdaInvoke.ts'
import type { ProviderLends } from '../registry.ts'
import { type AlarmStateOf, cloudWatchAlarm } from './cloudWatchAlarm.ts'
import { deploymentWindow } from './deploymentWindow.ts'
import { ruleByAction } from './ruleByAction.ts'
import { misconfigured, type RuleProvider, type RuleProviders } from './ruleProvider.ts'
import { variableCheck } from './variableCheck.ts'

/** What rules reach for. */
export interface RuleLends extends Pick<ProviderLends, 'artifacts' | 'builds' | 'functionJobs'> {
  clock: Clock
  authorize: Authorize
  alarmState: AlarmStateOf
}

/** The only switch on what a rule can be. Never a pass for what was not checked. */
export function createRuleProviders(lends: RuleLends): RuleProviders {
  const table: Readonly<Record<string, RuleProvider>> = {
    VariableCheck: variableCheck,
    CloudWatchAlarm: cloudWatchAlarm(lends),
    DeploymentWindow: deploymentWindow(lends.clock),
    CodeBuild: ruleByAction(codeBuild(lends), { category: 'Test', owner: 'AWS', provider: 'CodeBuild', version: '1' }),
    // UNCONFIRMED: the rule's reference says only that a function is invoked; it is told and answers as the action's is.
    LambdaInvoke: ruleByAction(lambdaInvoke(lends), lambdaInvokeType),
    Commands: ruleByAction(commands(lends), { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' }),
  }
  return {
    for: ({ provider }) => (Object.hasOwn(table, provider) ? table[provider] : undefined) ?? notOffered(provider),
  }
}

const notOffered = (provider: string): RuleProvider => ({
  check: () => Promise.resolve(misconfigured(`The rule ${provider} is not supported by the local cloud.`)),
})
