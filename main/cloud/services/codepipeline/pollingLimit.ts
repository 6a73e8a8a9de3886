import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { CodePipeline } from './lends.ts'

/** Per account and region, and not adjustable (fact sheet, section 11.1). */
const mostPolling = 300
/** Sources that CodePipeline asks for changes unless it is told not to. */
const asked = new Set(['S3', 'CodeCommit', 'GitHub'])

const polls = ({ stages = [] }: PipelineDeclaration) =>
  stages.some(({ actions = [] }) =>
    actions.some(
      ({ actionTypeId, configuration }) =>
        actionTypeId?.category === 'Source' &&
        asked.has(actionTypeId.provider ?? '') &&
        configuration?.['PollForSourceChanges']?.toLowerCase() !== 'false',
    ),
  )

/** UNCONFIRMED what AWS answers: here the error of its other quotas, for a pipeline that begins to poll. */
export function checkPolling({ definitions }: CodePipeline, { account, region }: Call, wanted: PipelineDeclaration) {
  if (!polls(wanted) || definitions.count(account, region) < mostPolling) return
  const others = definitions
    .list(account, region, Number.MAX_SAFE_INTEGER)
    .filter(({ pipeline, declaration }) => pipeline.name !== wanted.name && polls(declaration))
  if (others.length < mostPolling) return
  throw new AwsError(
    'LimitExceededException',
    `The account has reached the limit of ${mostPolling} pipelines that poll their sources in ${region}`,
  )
}
