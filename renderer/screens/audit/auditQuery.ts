import { EntryFilter } from '../../../preload/contract/audit.ts'

/** How the ledger's entries stand: in two lines under their days, or one line each in columns. */
export const looks = ['timeline', 'table'] as const
export type Look = (typeof looks)[number]

/** What the ledger's page shows, as its address says. */
export interface LedgerView {
  filter: EntryFilter
  /** The entry that is read at the right. */
  entry: number | undefined
  look: Look
}

/** The address's names for the filter's lists; a name stands once for each value. */
const lists = {
  kind: 'kinds',
  by: 'people',
  acct: 'accounts',
  region: 'regions',
  pipeline: 'pipelines',
  call: 'names',
} as const
const texts = { q: 'text', execution: 'executionId', from: 'from', to: 'to' } as const

/** The value where the contract allows it: what does not fit is as if it were not there. */
function fitting<K extends keyof EntryFilter>(member: K, value: unknown): Pick<EntryFilter, K> | undefined {
  return value !== undefined && EntryFilter.shape[member].safeParse(value).success
    ? // The schema has just said so.
      ({ [member]: value } as Pick<EntryFilter, K>)
    : undefined
}

/** Reads the address. */
export function parseLedger(query: string): LedgerView {
  const search = new URLSearchParams(query)
  const filter: EntryFilter = {}
  for (const [name, member] of Object.entries(lists)) {
    const values = [...new Set(search.getAll(name))].filter(value => fitting(member, [value]) !== undefined)
    if (values.length > 0) Object.assign(filter, fitting(member, values))
  }
  for (const [name, member] of Object.entries(texts)) {
    const value = search.get(name)
    if (value !== null && value !== '') Object.assign(filter, fitting(member, value))
  }
  const refused = search.get('refused')
  if (refused === '1' || refused === '0') filter.refused = refused === '1'
  const entry = Number(search.get('entry') ?? undefined)
  return {
    filter,
    entry: Number.isSafeInteger(entry) ? entry : undefined,
    look: looks.find(look => look === search.get('look')) ?? 'timeline',
  }
}

/** The address's query; `parseLedger` reads it back. */
export function ledgerQuery({ filter, entry, look }: LedgerView): string {
  const search = new URLSearchParams()
  for (const [name, member] of Object.entries(texts)) {
    const value = filter[member]
    if (value !== undefined && value !== '') search.set(name, value)
  }
  for (const [name, member] of Object.entries(lists)) {
    for (const value of filter[member] ?? []) search.append(name, value)
  }
  if (filter.refused !== undefined) search.set('refused', filter.refused ? '1' : '0')
  if (entry !== undefined) search.set('entry', `${entry}`)
  if (look !== 'timeline') search.set('look', look)
  return `${search}`
}

/** How two versions are compared. */
export const diffLooks = ['words', 'json'] as const
export type DiffLook = (typeof diffLooks)[number]

/** Which versions of a pipeline are compared; nothing said: the latest with the one before. */
export interface VersionsView {
  from: number | undefined
  to: number | undefined
  look: DiffLook
}

const versionOf = (text: string | null) => (text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined)

export function parseVersions(query: string): VersionsView {
  const search = new URLSearchParams(query)
  return {
    from: versionOf(search.get('from')),
    to: versionOf(search.get('to')),
    look: diffLooks.find(look => look === search.get('look')) ?? 'words',
  }
}

/** The address's query; `parseVersions` reads it back. */
export const versionsQuery = ({ from, to, look }: VersionsView): string =>
  `${new URLSearchParams({
    ...(from !== undefined && { from: `${from}` }),
    ...(to !== undefined && { to: `${to}` }),
    ...(look !== 'words' && { look }),
  })}`
