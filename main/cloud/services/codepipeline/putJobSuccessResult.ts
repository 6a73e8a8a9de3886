import type { PutJobSuccessResultInput } from '@aws-sdk/client-codepipeline'
import { refuseOutput } from '../../execution/variables.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, map, structure, uuid } from './constraints.ts'
import { continuationToken, currentRevision, executionDetails } from './jobResults.ts'
import { anyResource, type CodePipeline } from './lends.ts'

const anyLength = [0, Number.MAX_SAFE_INTEGER] as const
const outputVariables = map([...anyLength, '[A-Za-z0-9@\\-_]+'], anyLength)

const Input = structure({
  jobId: uuid(),
  currentRevision: currentRevision(),
  continuationToken: continuationToken(),
  executionDetails: executionDetails(),
  outputVariables: outputVariables.optional(),
})

/** Ends a job well; with a continuation token the action goes on in a new job that carries the token. */
export const putJobSuccessResult: Operation<CodePipeline, PutJobSuccessResultInput, object> = {
  resources: anyResource,
  run({ workers }, input, call) {
    const { jobId, ...result } = checked(Input, input)
    // UNCONFIRMED wording; that it is refused is the API reference's.
    if (result.continuationToken !== undefined && Object.keys(result.outputVariables ?? {}).length > 0) {
      throw new AwsError(
        'ValidationException',
        'Output variables can be included only when there is no continuation token on the request',
      )
    }
    const tooLarge = refuseOutput(result.outputVariables ?? {})
    if (tooLarge) throw new AwsError('OutputVariablesSizeExceededException', tooLarge.message)
    workers.succeed(call, jobId, result)
    return {}
  },
}
