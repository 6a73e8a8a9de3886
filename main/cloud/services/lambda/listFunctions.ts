import type { ListFunctionsRequest, ListFunctionsResponse } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { configurationOf } from './configuration.ts'
import type { Lambda } from './lends.ts'
import { invalidParameter, validation } from './names.ts'

/** Lambda never gives more on one page, whatever is asked for. */
const mostOnPage = 50

/** The account's functions in this region, by name. */
export const listFunctions: Operation<Lambda, ListFunctionsRequest, ListFunctionsResponse> = {
  run({ functions, tokens }, { Marker, MaxItems = mostOnPage }, { account, region }) {
    if (MaxItems < 1 || MaxItems > 10_000) {
      throw validation(
        `1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 10000`,
      )
    }
    const limit = Math.min(MaxItems, mostOnPage)
    const request = { list: 'functions', account, region }
    const after = Marker === undefined ? '' : tokens.open(request, Marker)
    if (after === undefined) throw invalidParameter('Invalid Marker')
    const found = functions.list(account, region, after, limit + 1)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      Functions: page.map(configurationOf),
      ...(found.length > limit && last && { NextMarker: tokens.seal(request, last.name) }),
    }
  },
}
