import type { Clock } from '../../../base/clock.ts'
import type { Runner } from '../../execution/runner.ts'
import { type PipelineRef, pipelineArn } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import type { Identities } from '../iam/identities.ts'
import type { CustomTypes } from './customTypes.ts'
import type { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import type { PageTokens } from './pageTokens.ts'
import type { SeenRevisions } from './seenRevisions.ts'
import type { StartTokens } from './startTokens.ts'
import type { Webhooks } from './webhookStore.ts'
import type { Workers } from './workers.ts'

/** What CodePipeline lends to its operations. */
export interface CodePipeline {
  clock: Clock
  definitions: Definitions
  engine: Engine
  runner: Runner
  pageTokens: PageTokens
  startTokens: StartTokens
  seen: SeenRevisions
  customTypes: CustomTypes
  workers: Workers
  webhooks: Webhooks
  /** Where this cloud listens. */
  endpoint: () => string
  identities: Identities
  authorize: Authorize
}

/** The pipeline that a call names, or PipelineNotFoundException. */
export function pipelineOf({ definitions }: CodePipeline, call: Call, name: string): PipelineRef {
  const pipeline = definitions.find(call.account, call.region, name)
  if (pipeline) return pipeline
  throw new AwsError(
    'PipelineNotFoundException',
    `Account '${call.account}' does not have a pipeline with name '${name}'`,
  )
}

/** The ARN that a call needs permission on: a pipeline, a stage of it, or an action of that (fact sheet, section 6). */
export const resource = (call: Call, ...names: readonly (string | undefined)[]) => [
  pipelineArn({ account: call.account, region: call.region, name: names.map(name => name ?? '').join('/') }),
]

/** Where AWS has no resource level. */
export const anyResource = () => ['*']
