import type { PollForThirdPartyJobsInput, PollForThirdPartyJobsOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, structure, whole } from './constraints.ts'
import { actionTypeNotFound } from './getActionType.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { actionTypeId } from './typeConstraints.ts'

const Input = structure({ actionTypeId: actionTypeId(), maxBatchSize: whole(1, 2 ** 31 - 1).optional() })

/** Jobs for a partner's worker: no account here is a partner, so that no action type is ever found. */
export const pollForThirdPartyJobs: Operation<CodePipeline, PollForThirdPartyJobsInput, PollForThirdPartyJobsOutput> = {
  resources: anyResource,
  run(_service, input) {
    throw actionTypeNotFound(checked(Input, input).actionTypeId)
  },
}
