import type { ActionExecution, ActionPlan, ActionTypeId } from '../../execution/model.ts'
import { ActionFailure, type ActionJob, type Provider } from '../provider.ts'
import type { RuleJob, RuleProvider } from './ruleProvider.ts'

/** A rule that passes where an action of the same work would succeed. */
export function ruleByAction(provider: Provider, type: ActionTypeId): RuleProvider {
  return {
    async check(job) {
      try {
        const { signal } = job
        const outcome = await provider.start({ ...actionOf(job, type), signal, report: told => job.report(told) })
        return outcome.kind === 'pending' ? { pending: true } : { passed: true }
      } catch (thrown) {
        if (!(thrown instanceof ActionFailure)) throw thrown
        return { passed: false, error: { code: thrown.code, message: thrown.message } }
      }
    },
  }
}

type Ruled = Pick<RuleJob, 'pipeline' | 'plan' | 'execution' | 'rule' | 'run'>

/** The rule's run as that action's provider sees it. Ids of rule executions and of action executions never meet. */
export function actionOf({ rule, run, ...job }: Ruled, type: ActionTypeId): Omit<ActionJob, 'signal' | 'report'> {
  const { name, configuration, inputArtifacts, commands, region, roleArn, timeoutInMinutes } = rule
  const action: ActionPlan = {
    name,
    type,
    runOrder: 1,
    configuration,
    inputArtifacts,
    outputArtifacts: [],
    ...(commands && { commands }),
    ...(region !== undefined && { region }),
    ...(roleArn !== undefined && { roleArn }),
    ...(timeoutInMinutes !== undefined && { timeoutInMinutes }),
  }
  const { condition: _condition, rule: _rule, status: _status, ...known } = run
  const attempt: ActionExecution = { ...known, action: name, status: 'InProgress' }
  return { ...job, action, attempt }
}
