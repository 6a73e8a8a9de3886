import type { Identity } from '../lends.ts'
import { invalidRequest } from './bearer.ts'

const pageSize = { least: 1, most: 100 }

/** One page of a list in the order of its keys, and the token of the next. UNCONFIRMED: 100 where a client names none. */
export function pageOf<T>(
  { tokens }: Pick<Identity, 'tokens'>,
  all: readonly T[],
  key: (item: T) => string,
  input: { maxResults?: number | undefined; nextToken?: string | undefined },
  request: Readonly<Record<string, string>>,
): { items: T[]; nextToken?: string } {
  const { maxResults = pageSize.most, nextToken } = input
  if (!Number.isInteger(maxResults) || maxResults < pageSize.least || maxResults > pageSize.most)
    throw invalidRequest(`max_result must be between ${pageSize.least} and ${pageSize.most}`)
  const after = nextToken === undefined ? '' : tokens.open(request, nextToken)
  if (after === undefined) throw invalidRequest('Invalid next token')
  const rest = all.filter(item => key(item) > after)
  const items = rest.slice(0, maxResults)
  const last = items.at(-1)
  return { items, ...(rest.length > items.length && last && { nextToken: tokens.seal(request, key(last)) }) }
}
