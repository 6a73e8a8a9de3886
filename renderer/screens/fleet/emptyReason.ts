import type { Account, LocalCloud } from '../../../preload/contract/accounts.ts'
import type { PipelineRow } from '../../../preload/contract/pipelines.ts'
import { count } from '../../format/ids.ts'
import { formatNumber } from '../../format/number.ts'
import type { Filter } from './filter/parse.ts'

/** Why there is nothing to show, in a line each: the cause, and what there is elsewhere. */
export interface EmptyReason {
  cause: string
  elsewhere?: string
}

const list = (names: readonly string[]) => new Intl.ListFormat('en', { type: 'conjunction' }).format(names)

/** `14 in us-east-1`, most first. */
function countsByRegion(rows: readonly PipelineRow[]): string[] {
  const counts = new Map<string, number>()
  for (const { key } of rows) counts.set(key.region, (counts.get(key.region) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([region, size]) => `${formatNumber(size)} in ${region}`)
}

export function emptyReason(
  rows: readonly PipelineRow[],
  accounts: readonly Account[],
  localCloud: LocalCloud,
  text: string,
  { terms }: Filter,
): EmptyReason {
  if (rows.length === 0) {
    if (localCloud.state === 'starting')
      return { cause: 'The local cloud is starting.', elsewhere: 'Its pipelines appear in a moment.' }
    if (localCloud.state === 'failed')
      return {
        cause: 'The local cloud is not running.',
        elsewhere: localCloud.failure.next ?? localCloud.failure.message,
      }
    if (accounts.length === 0) return { cause: 'No account yet.', elsewhere: 'Add one on the Accounts screen.' }
    const regions = [...new Set(accounts.flatMap(account => account.regions))]
    return {
      cause: `0 pipelines in ${list(regions)} for ${count(accounts.length, 'account')}.`,
      elsewhere: 'If there should be some, check each account’s regions and what its role may list.',
    }
  }
  const region = terms.find(term => term.key === 'region' && !term.negated)
  const role = terms.length === 2 && terms.some(term => term.key === 'acct' && !term.negated)
  if (region && (terms.length === 1 || role)) {
    const account = terms.find(term => term.key === 'acct')?.values
    const of = rows.filter(
      row => !account || account.some(value => value === row.key.account || value === row.accountName),
    )
    const found = countsByRegion(of)
    return {
      cause: `0 pipelines in ${list(region.values)} for this role.`,
      ...(found.length > 0 && { elsewhere: `Found: ${list(found)}.` }),
    }
  }
  return { cause: `No pipelines match “${text}”.`, elsewhere: `There are ${count(rows.length, 'pipeline')} in all.` }
}
