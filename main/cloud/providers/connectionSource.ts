import type { Repositories } from '../services/codecommit/repositories.ts'
import { triggerDetailOf } from '../services/codepipeline/triggers/triggerDetail.ts'
import type { ConnectedRepository, LeadsTo } from '../services/connections/leadsTo.ts'
import { type Artifacts, isDenial, isError } from './artifacts.ts'
import { gitSource } from './gitSource.ts'
import { ActionFailure, type ActionJob, type Provider } from './provider.ts'
import { required } from './settings.ts'

/** Source, CodeStarSourceConnection: a repository behind a connection. */
export function connectionSource(lends: {
  artifacts: Artifacts
  repositories: Repositories
  connections: LeadsTo
}): Provider {
  const { artifacts, connections } = lends

  const reach = (job: ActionJob, arn: string, fullName: string): ConnectedRepository => {
    try {
      return connections.use(artifacts.identity(job), arn, fullName)
    } catch (thrown) {
      if (isDenial(thrown)) {
        const message = `Unable to use Connection: ${arn}. The provided role does not have sufficient permissions.`
        throw new ActionFailure('PermissionError', message, { cause: thrown })
      }
      if (!isError(thrown, 'ResourceNotFoundException')) throw thrown
      // UNCONFIRMED wording.
      throw new ActionFailure('ConfigurationError', `The connection ${arn} was not found.`, { cause: thrown })
    }
  }

  return gitSource(lends, job => {
    const arn = required(job, 'ConnectionArn')
    const fullName = required(job, 'FullRepositoryId')
    const { trigger } = job.execution
    // What was pushed elsewhere than to BranchName came from that branch.
    const pushed = trigger.type === 'WebhookV2' ? triggerDetailOf(trigger.detail)?.branch : undefined
    return {
      ...reach(job, arn, fullName),
      branch: pushed ?? required(job, 'BranchName'),
      shown: fullName,
      connectionArn: arn,
      denied: `Unable to access the repository ${fullName} by the connection ${arn}.`,
      variables: () => ({ ConnectionArn: arn, FullRepositoryName: fullName }),
    }
  })
}
