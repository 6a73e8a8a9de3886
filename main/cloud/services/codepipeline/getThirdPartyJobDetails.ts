import type { GetThirdPartyJobDetailsInput, GetThirdPartyJobDetailsOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { clientToken, noThirdPartyJob, thirdPartyJobId } from './thirdPartyJobs.ts'

const Input = structure({ jobId: thirdPartyJobId(), clientToken: clientToken() })

/** Details of a partner's job: no partner has jobs here, so that none is ever found. */
export const getThirdPartyJobDetails: Operation<
  CodePipeline,
  GetThirdPartyJobDetailsInput,
  GetThirdPartyJobDetailsOutput
> = {
  resources: anyResource,
  run(_service, input) {
    throw noThirdPartyJob(checked(Input, input).jobId)
  },
}
