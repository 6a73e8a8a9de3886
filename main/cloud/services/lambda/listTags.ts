import type { ListTagsRequest, ListTagsResponse } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { functionOf, type Lambda } from './lends.ts'

export const listTags: Operation<Lambda, ListTagsRequest, ListTagsResponse> = {
  authorized: false,
  run: (lends, { Resource }, call) => ({
    Tags: { ...functionOf(lends, call, { FunctionName: Resource }, 'ListTags').tags },
  }),
}
