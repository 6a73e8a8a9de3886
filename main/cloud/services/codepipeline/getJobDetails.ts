import type { GetJobDetailsInput, GetJobDetailsOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure, uuid } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'

const Input = structure({ jobId: uuid() })

/** A job as its worker needs it, with fresh artifact credentials and the action's secrets. */
export const getJobDetails: Operation<CodePipeline, GetJobDetailsInput, GetJobDetailsOutput> = {
  resources: anyResource,
  run({ workers }, input, call) {
    const { jobId } = checked(Input, input)
    return { jobDetails: workers.details(call, jobId) }
  },
}
