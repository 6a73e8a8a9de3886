import type { PollForJobsInput, PollForJobsOutput } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, map, structure, whole } from './constraints.ts'
import { type CustomType, queryableOf } from './customTypes.ts'
import { actionTypeNotFound } from './getActionType.ts'
import type { CodePipeline } from './lends.ts'
import { actionTypeArn, actionTypeId } from './typeConstraints.ts'

const Input = structure({
  actionTypeId: actionTypeId(),
  maxBatchSize: whole(1, 2 ** 31 - 1).optional(),
  queryParam: map([1, 50], [1, 50, '[a-zA-Z0-9_-]+'], 1).optional(),
})
/** UNCONFIRMED: how many jobs are given to who asks for no number. */
const usualBatch = 1

/** Hands out jobs of a custom action type to a worker, each with a nonce to claim it by. */
export const pollForJobs: Operation<CodePipeline, PollForJobsInput, PollForJobsOutput> = {
  resources: ({ actionTypeId: id }, call) => [actionTypeArn(call, id ?? {})],
  run({ customTypes, workers }, input, call) {
    const { actionTypeId: id, maxBatchSize = usualBatch, queryParam = {} } = checked(Input, input)
    const type = id.owner === 'Custom' ? customTypes.find(call.account, call.region, id) : undefined
    if (!type || type.deleted) throw actionTypeNotFound(id)
    return { jobs: workers.poll(call, type, maxBatchSize, queryOf(type, queryParam)) }
  },
}

/** The value of the type's queryable property: asked for where there is one, refused where there is none. UNCONFIRMED wording. */
function queryOf(type: CustomType, query: Readonly<Record<string, string>>): string | undefined {
  const queryable = queryableOf(type)
  const [given] = Object.entries(query)
  if (given?.[0] === queryable) return given?.[1]
  throw new AwsError(
    'ValidationException',
    queryable === undefined
      ? 'The action type has no queryable property, so that queryParam must be null or empty'
      : `The action type has the queryable property ${queryable}, so that queryParam must have it as its key`,
  )
}
