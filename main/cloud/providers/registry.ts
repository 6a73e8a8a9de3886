import type { PipelineBuilds } from '../services/codebuild/pipelineBuilds.ts'
import type { Repositories } from '../services/codecommit/repositories.ts'
import type { LeadsTo } from '../services/connections/leadsTo.ts'
import type { Objects } from '../services/s3/objects.ts'
import type { Topics } from '../services/sns/inProcess.ts'
import type { Artifacts } from './artifacts.ts'
import { codeBuild } from './codeBuild.ts'
import { codeCommitSource } from './codeCommitSource.ts'
import { commands } from './commands.ts'
import { connectionSource } from './connectionSource.ts'
import { customAction, type JobQueue } from './custom.ts'
import { type FunctionJobs, lambdaInvoke } from './lambdaInvoke.ts'
import { manualApproval } from './manualApproval.ts'
import { ActionFailure, type Provider, type Providers } from './provider.ts'
import { s3Deploy } from './s3Deploy.ts'
import { s3Source } from './s3Source.ts'

/** What providers reach for; services of the same cloud. */
export interface ProviderLends {
  artifacts: Artifacts
  objects: Objects
  repositories: Repositories
  connections: LeadsTo
  builds: PipelineBuilds
  jobs: JobQueue
  functionJobs: FunctionJobs
  topics: Topics
}

/** The only switch on what an action can be: `category/owner/provider/version`. */
export function createProviders(lends: ProviderLends): Providers {
  const table: Readonly<Record<string, Provider>> = {
    'Source/AWS/CodeCommit/1': codeCommitSource(lends),
    'Source/AWS/CodeStarSourceConnection/1': connectionSource(lends),
    'Source/AWS/S3/1': s3Source(lends),
    'Build/AWS/CodeBuild/1': codeBuild(lends),
    'Test/AWS/CodeBuild/1': codeBuild(lends),
    'Approval/AWS/Manual/1': manualApproval(lends),
    'Deploy/AWS/S3/1': s3Deploy(lends),
    'Invoke/AWS/Lambda/1': lambdaInvoke(lends),
    'Compute/AWS/Commands/1': commands(lends),
  }
  const custom = customAction(lends)
  return {
    for({ type: { category, owner, provider, version } }) {
      if (owner === 'Custom') return custom
      const name = `${category}/${owner}/${provider}/${version}`
      return table[name] ?? unsupported(name)
    },
  }
}

/** Never a green for what did not run. */
function unsupported(name: string): Provider {
  return {
    start: () =>
      Promise.reject(
        new ActionFailure('ConfigurationError', `The action type ${name} is not supported by the local cloud.`),
      ),
  }
}
