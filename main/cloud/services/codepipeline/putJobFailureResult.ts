import type { PutJobFailureResultInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure, uuid } from './constraints.ts'
import { failureDetails } from './jobResults.ts'
import { anyResource, type CodePipeline } from './lends.ts'

const Input = structure({ jobId: uuid(), failureDetails: failureDetails() })

/** Ends a job in failure; its type and message become the action's error details. */
export const putJobFailureResult: Operation<CodePipeline, PutJobFailureResultInput, object> = {
  resources: anyResource,
  run({ workers }, input, call) {
    const { jobId, failureDetails: details } = checked(Input, input)
    workers.fail(call, jobId, details)
    return {}
  },
}
