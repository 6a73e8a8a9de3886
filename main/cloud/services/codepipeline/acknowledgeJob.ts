import type { AcknowledgeJobInput, AcknowledgeJobOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure, text, uuid } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'

const Input = structure({ jobId: uuid(), nonce: text(1, 50) })

/** Claims a job that PollForJobs handed out; refused when another worker was handed it since. */
export const acknowledgeJob: Operation<CodePipeline, AcknowledgeJobInput, AcknowledgeJobOutput> = {
  resources: anyResource,
  run({ workers }, input, call) {
    const { jobId, nonce } = checked(Input, input)
    return { status: workers.acknowledge(call, jobId, nonce) }
  },
}
