import type { PipelineKey } from '../../preload/contract/pipelines.ts'

/** Every place of the desk, each with an address of its own. */
export type Route =
  | { screen: 'fleet'; filter: string }
  | { screen: 'pipeline'; key: PipelineKey /** `now`, or an execution's id. */; of: string }
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
      const [inAccount = '', inRegion = '', called = ''] = rest
      const fits = rest.length === 3 && account.test(inAccount) && region.test(inRegion) && name.test(called)
      if (!fits) return unknown
      return {
        screen: 'pipeline',
        key: { account: inAccount, region: inRegion, name: called },
        of: search.get('of') || 'now',
      }
    }
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
      const { account, region, name } = route.key
      const of = route.of === 'now' ? '' : `?${new URLSearchParams({ of: route.of })}`
      return `#/pipeline/${account}/${region}/${encodeURIComponent(name)}${of}`
    }
    case 'unknown':
      return route.hash
    case 'cloud':
    case 'accounts':
    case 'settings':
      return `#/${route.screen}`
  }
}
