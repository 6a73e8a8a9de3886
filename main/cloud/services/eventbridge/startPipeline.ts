import { z } from 'zod'
import type { Clock } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { Authorize, Call } from '../../server/operation.ts'
import { newRequestId } from '../../server/requestId.ts'
import type { Definitions } from '../codepipeline/definitions.ts'
import type { Engine } from '../codepipeline/engine.ts'
import type { Identities } from '../iam/identities.ts'
import type { StartPipeline } from './targets.ts'

/** What the input of a pipeline target may say (CodePipeline user guide, "source revision overrides"). */
const input = z.object({
  sourceRevisions: z
    .array(
      z.object({
        actionName: z.string(),
        revisionType: z.enum(['COMMIT_ID', 'IMAGE_DIGEST', 'S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY']),
        revisionValue: z.string(),
      }),
    )
    .default([]),
  variables: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
})

const service = 'events.amazonaws.com'

/** Starts executions as EventBridge does: under the rule's role, with the rule's ARN as the trigger's detail, recorded. */
export function createStartPipeline(of: {
  definitions: Pick<Definitions, 'find'>
  engine: Pick<Engine, 'start'>
  identities: Identities
  authorize: Authorize
  record: RecordCall
  clock: Pick<Clock, 'now'>
}): StartPipeline {
  return ({ roleArn, pipelineArn, ruleArn, input: text }) => {
    const [, , , region = '', account = '', name = ''] = pipelineArn.split(':')
    const caller = of.identities.assume(roleArn, { service }, newRequestId().replaceAll('-', ''), { region })
    const { sourceRevisions, variables } = readInput(text)
    const call: Call = {
      account,
      region,
      caller,
      requestId: newRequestId(),
      at: of.clock.now(),
      sourceIp: service,
      userAgent: service,
      signal: new AbortController().signal,
    }
    const asked = {
      name,
      ...(variables.length > 0 && { variables }),
      ...(sourceRevisions.length > 0 && { sourceRevisions }),
    }
    // Nobody waits for an answer that the record would have to come before.
    const record = (outcome: Parameters<RecordCall>[4]) =>
      void of.record(call, 'codepipeline', 'StartPipelineExecution', asked, outcome)
    try {
      of.authorize(caller, 'codepipeline:StartPipelineExecution', pipelineArn)
      const pipeline = of.definitions.find(account, region, name)
      if (!pipeline)
        throw new AwsError(
          'PipelineNotFoundException',
          `Account '${account}' does not have a pipeline with name '${name}'`,
        )
      const pipelineExecutionId = of.engine.start(pipeline, {
        trigger: { type: 'CloudWatchEvent', detail: ruleArn },
        variables: Object.fromEntries(variables.map(variable => [variable.name, variable.value])),
        overrides: sourceRevisions,
      })
      record({ kind: 'succeeded', output: { pipelineExecutionId } })
    } catch (error) {
      record({ kind: 'failed', error })
      throw error
    }
  }
}

function readInput(text: string): z.infer<typeof input> {
  try {
    return input.parse(JSON.parse(text))
  } catch {
    throw new AwsError('InvalidInputException', 'The input of the target does not say how to start a pipeline.')
  }
}
