import type { PutThirdPartyJobFailureResultInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure } from './constraints.ts'
import { failureDetails } from './jobResults.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { clientToken, noThirdPartyJob, thirdPartyJobId } from './thirdPartyJobs.ts'

const Input = structure({ jobId: thirdPartyJobId(), clientToken: clientToken(), failureDetails: failureDetails() })

/** Ends a partner's job in failure: no partner has jobs here, so that none is ever found. */
export const putThirdPartyJobFailureResult: Operation<CodePipeline, PutThirdPartyJobFailureResultInput, object> = {
  resources: anyResource,
  run(_service, input) {
    throw noThirdPartyJob(checked(Input, input).jobId)
  },
}
