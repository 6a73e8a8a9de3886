import { z } from 'zod'
import { AccountId, RegionName } from '../../preload/contract/accounts.ts'
import { ExecutionId, Name } from '../../preload/contract/pipelines.ts'

/** The scheme that other programs open the desk with. */
export const deepLinkScheme = 'cloudpipelines'

const Target = z.object({ account: AccountId, region: RegionName, name: Name, of: ExecutionId.optional() })

/**
 * The page that `cloudpipelines://pipeline/<account>/<region>/<name>[?of=<execution>]` names, as the renderer's hash
 * route; undefined for anything else. A link opens a view; it never acts.
 */
export function routeOfDeepLink(link: string): string | undefined {
  const url = URL.parse(link)
  if (url?.protocol !== `${deepLinkScheme}:`) return undefined
  if (url.host === 'fleet' && (url.pathname === '' || url.pathname === '/')) return '#/fleet'
  if (url.host !== 'pipeline') return undefined
  const [, account, region, name, ...rest] = url.pathname.split('/')
  if (rest.length > 0) return undefined
  const target = Target.safeParse({ account, region, name, of: url.searchParams.get('of') ?? undefined })
  if (!target.success) return undefined
  const page = `#/pipeline/${target.data.account}/${target.data.region}/${encodeURIComponent(target.data.name)}`
  return target.data.of ? `${page}?of=${target.data.of}` : page
}

/** The deep link among a process's arguments (Windows and Linux hand it over so). */
export function deepLinkIn(argv: readonly string[]): string | undefined {
  return argv.find(argument => argument.startsWith(`${deepLinkScheme}://`))
}
