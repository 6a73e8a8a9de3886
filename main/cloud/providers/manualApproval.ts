import { messageOf } from '../../base/failure.ts'
import { actionDeadline } from '../execution/timeouts.ts'
import { AwsError } from '../server/awsError.ts'
import type { Topics } from '../services/sns/inProcess.ts'
import type { Artifacts } from './artifacts.ts'
import { ActionFailure, type ActionJob, type Provider } from './provider.ts'

interface ApprovalLends {
  artifacts: Pick<Artifacts, 'identity'>
  topics: Pick<Topics, 'publishAs'>
}

/**
 * Approval, Manual: waits for PutApprovalResult; the machine holds the token and the time limit. Where the action names
 * a topic, it is told there who is waited for, under the role that the action works with.
 */
export const manualApproval = (lends: ApprovalLends): Provider => ({
  async start(job) {
    const topic = job.attempt.resolvedConfiguration['NotificationArn'] ?? ''
    if (topic !== '') notify(lends, job, topic)
    return { kind: 'pending' }
  },
})

/** UNCONFIRMED how AWS fails an approval whose topic can't be reached: a client sees a failed action with the reason. */
function notify({ artifacts, topics }: ApprovalLends, job: ActionJob, topic: string): void {
  const { pipeline, action } = job
  const subject = `APPROVAL NEEDED: AWS CodePipeline ${pipeline.name} for action ${action.name}`.slice(0, 100)
  try {
    topics.publishAs(artifacts.identity(job), topic, { subject, message: { default: JSON.stringify(message(job)) } })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const denied = /^(AccessDenied|AuthorizationError)/.test(error.name)
    throw new ActionFailure(
      denied ? 'PermissionError' : 'ConfigurationError',
      `The notification could not be sent to ${topic}: ${messageOf(error)}`,
      { cause: error },
    )
  }
}

/** The body that AWS sends (fact sheet, section 3.5): `expires` to the minute, and only the links that there are. */
function message({ pipeline, attempt, action }: ActionJob) {
  const { region, name } = pipeline
  const { stage, token, resolvedConfiguration: configuration } = attempt
  const consoleLink = `https://console.aws.amazon.com/codesuite/codepipeline/pipelines/${name}/view?region=${region}`
  const [link, data] = [configuration['ExternalEntityLink'], configuration['CustomData']]
  return {
    region,
    consoleLink,
    approval: {
      pipelineName: name,
      stageName: stage,
      actionName: action.name,
      ...(token !== undefined && { token }),
      expires: `${new Date(actionDeadline(action, attempt)).toISOString().slice(0, 16)}Z`,
      ...(link !== undefined && { externalEntityLink: link }),
      approvalReviewLink: `${consoleLink}#/${stage}/${action.name}/approve/${token ?? ''}`,
      ...(data !== undefined && { customData: data }),
    },
  }
}
