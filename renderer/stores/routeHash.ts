import type { PipelineKey } from '../../preload/contract/pipelines.ts'

/** The pages of the Audit screen. */
export const auditPages = ['ledger', 'definitions', 'alarms', 'duties', 'coverage'] as const
export type AuditPage = (typeof auditPages)[number]

/** Every place of the desk, each with an address of its own. `query` is what the screen itself reads and writes. */
export type Route =
  | { screen: 'fleet'; filter: string }
  | { screen: 'pipeline'; key: PipelineKey /** `now`, or an execution's id. */; of: string }
  | { screen: 'audit'; page: AuditPage /** Of the definitions: which pipeline. */; key?: PipelineKey; query: string }
  | { screen: 'insights'; query: string }
  | { screen: 'cost'; query: string }
  | { screen: 'cloud' }
  | { screen: 'accounts' }
  | { screen: 'settings' }
  | { screen: 'unknown'; hash: string }

const account = /^\d{12}$/
const region = /^[a-z]{2}(-[a-z]+)+-\d$/
const name = /^[A-Za-z0-9.@\-_]{1,100}$/

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The pipeline that three parts of an address name. */
function keyOf([inAccount = '', inRegion = '', called = '', ...more]: readonly (string | undefined)[]) {
  const fits = more.length === 0 && account.test(inAccount) && region.test(inRegion) && name.test(called)
  return fits ? { account: inAccount, region: inRegion, name: called } : undefined
}

const pathOf = ({ account, region, name }: PipelineKey) => `${account}/${region}/${encodeURIComponent(name)}`
const withQuery = (path: string, query: string) => (query === '' ? path : `${path}?${query}`)

/** The address's place: `#/fleet?filter=…`, `#/pipeline/<account>/<region>/<name>?of=…`, `#/cloud`, … */
export function parseHash(hash: string): Route {
  const unknown: Route = { screen: 'unknown', hash }
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s)
  const search = new URLSearchParams(query)
  const [screen, ...rest] = path.split('/').map(decode)
  switch (screen) {
    case '':
      return { screen: 'fleet', filter: '' }
    case 'fleet':
      return rest.length === 0 ? { screen: 'fleet', filter: search.get('filter') ?? '' } : unknown
    case 'cloud':
    case 'accounts':
    case 'settings':
      return rest.length === 0 ? { screen } : unknown
    case 'pipeline': {
      const key = keyOf(rest)
      return key ? { screen: 'pipeline', key, of: search.get('of') || 'now' } : unknown
    }
    case 'audit': {
      const [called = 'ledger', ...named] = rest
      const page = auditPages.find(known => known === called)
      const key = keyOf(named)
      if (page === undefined || (named.length > 0 && (page !== 'definitions' || key === undefined))) return unknown
      return { screen: 'audit', page, ...(key && { key }), query }
    }
    case 'insights':
    case 'cost':
      return rest.length === 0 ? { screen, query } : unknown
    default:
      return unknown
  }
}

/** The place's address; `parseHash` reads it back. */
export function hashOf(route: Route): string {
  switch (route.screen) {
    case 'fleet':
      return route.filter === '' ? '#/fleet' : `#/fleet?${new URLSearchParams({ filter: route.filter })}`
    case 'pipeline': {
      const of = route.of === 'now' ? '' : `${new URLSearchParams({ of: route.of })}`
      return withQuery(`#/pipeline/${pathOf(route.key)}`, of)
    }
    case 'audit':
      return withQuery(`#/audit/${route.page}${route.key ? `/${pathOf(route.key)}` : ''}`, route.query)
    case 'insights':
    case 'cost':
      return withQuery(`#/${route.screen}`, route.query)
    case 'unknown':
      return route.hash
    case 'cloud':
    case 'accounts':
    case 'settings':
      return `#/${route.screen}`
  }
}
