import type { PutThirdPartyJobSuccessResultInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure } from './constraints.ts'
import { continuationToken, currentRevision, executionDetails } from './jobResults.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { clientToken, noThirdPartyJob, thirdPartyJobId } from './thirdPartyJobs.ts'

const Input = structure({
  jobId: thirdPartyJobId(),
  clientToken: clientToken(),
  currentRevision: currentRevision(),
  continuationToken: continuationToken(),
  executionDetails: executionDetails(),
})

/** Ends a partner's job well: no partner has jobs here, so that none is ever found. */
export const putThirdPartyJobSuccessResult: Operation<CodePipeline, PutThirdPartyJobSuccessResultInput, object> = {
  resources: anyResource,
  run(_service, input) {
    throw noThirdPartyJob(checked(Input, input).jobId)
  },
}
