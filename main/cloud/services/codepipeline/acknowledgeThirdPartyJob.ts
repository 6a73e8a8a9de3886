import type { AcknowledgeThirdPartyJobInput, AcknowledgeThirdPartyJobOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure, text } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { clientToken, noThirdPartyJob, thirdPartyJobId } from './thirdPartyJobs.ts'

const Input = structure({ jobId: thirdPartyJobId(), nonce: text(1, 50), clientToken: clientToken() })

/** Claims a job of a partner: no partner has jobs here, so that none is ever found. */
export const acknowledgeThirdPartyJob: Operation<
  CodePipeline,
  AcknowledgeThirdPartyJobInput,
  AcknowledgeThirdPartyJobOutput
> = {
  resources: anyResource,
  run(_service, input) {
    throw noThirdPartyJob(checked(Input, input).jobId)
  },
}
