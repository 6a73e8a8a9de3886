import type { Millis } from '../../base/clock.ts'
import type { ActionExecution, ActionPlan, RuleExecution, RulePlan } from './model.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A Lambda function that says nothing for this long has failed; an in-progress reply restarts the wait. */
const lambdaSilence = 20 * minute

/** How long an action may take at most (fact sheet, 3.2). */
function longest({ type, timeoutInMinutes }: ActionPlan): Millis {
  if (type.category === 'Approval') return timeoutInMinutes === undefined ? 7 * day : timeoutInMinutes * minute
  if (type.owner === 'Custom') return day
  switch (type.provider) {
    case 'CodeBuild':
      return type.category === 'Test' ? 8 * hour : 36 * hour
    case 'Commands':
      return 55 * minute
    case 'StepFunctions':
      return 7 * day
    case 'CloudFormation':
    case 'CloudFormationStackSet':
    case 'CloudFormationStackInstances':
      return 3 * day
    case 'CodeDeploy':
    case 'CodeDeployToECS':
      return 5 * day
    case 'Lambda':
      return type.category === 'Invoke' ? day : 2 * day
    case 'S3':
      return type.category === 'Deploy' ? 90 * minute : hour
    default:
      return hour
  }
}

/** When `action` has failed if nothing is heard of it until then. */
export function actionDeadline(plan: ActionPlan, action: ActionExecution): Millis {
  const end = action.startedAt + longest(plan)
  const mustSpeak = plan.type.category === 'Invoke' && plan.type.provider === 'Lambda'
  return mustSpeak ? Math.min(end, (action.reportedAt ?? action.startedAt) + lambdaSilence) : end
}

/** When `rule` has failed if it has not ended by then. UNCONFIRMED where the declaration has no `timeoutInMinutes`. */
export function ruleDeadline(plan: RulePlan, rule: RuleExecution): Millis {
  if (plan.timeoutInMinutes !== undefined) return rule.startedAt + plan.timeoutInMinutes * minute
  if (plan.provider === 'Commands') return rule.startedAt + 55 * minute
  const wait = plan.provider === 'CloudWatchAlarm' ? Number(rule.resolvedConfiguration['WaitTime'] ?? 0) : 0
  return rule.startedAt + hour + (Number.isFinite(wait) && wait > 0 ? wait * minute : 0)
}
