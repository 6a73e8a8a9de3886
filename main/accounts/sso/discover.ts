import type { Section } from '../profiles.ts'
import type { SsoSessionFacts } from './ssoSession.ts'

/** An `[sso-session x]` section, or what a legacy profile says itself. */
export interface ConfiguredSso {
  name: string
  startUrl: string
  region: string
  /** As a profile that uses it names them. */
  endpoints: { sso?: string; oidc?: string }
}

/** The name by which a profile's sign-in is known: its sso-session, or for a legacy profile its start URL. */
export const ssoNameOf = (section: Section): string | undefined => section['sso_session'] ?? section['sso_start_url']

/** Every sign-in that the AWS CLI's configuration names, each once. Pure. */
export function configuredSso(sections: Readonly<Record<string, Section>>): ConfiguredSso[] {
  const found = new Map<string, ConfiguredSso>()
  const take = (name: string, { sso_start_url: startUrl, sso_region: region }: Section) => {
    if (startUrl && region && !found.has(name)) found.set(name, { name, startUrl, region, endpoints: {} })
  }
  for (const [title, section] of Object.entries(sections)) {
    const session = /^sso-session[.\s]+(.+)$/.exec(title)?.[1]
    if (session !== undefined) take(session, section)
    else if (section['sso_start_url'] && !section['sso_session']) take(section['sso_start_url'], section)
  }
  // The section itself has no place for an address: a profile's services have (SDK reference guide, endpoint_url).
  for (const section of Object.values(sections)) {
    const session = found.get(ssoNameOf(section) ?? '')
    if (!session) continue
    const services = section['services'] === undefined ? undefined : sections[`services.${section['services']}`]
    const sso = services?.['sso.endpoint_url'] ?? section['endpoint_url']
    const oidc = services?.['sso_oidc.endpoint_url'] ?? section['endpoint_url']
    if (sso) session.endpoints.sso ??= sso
    if (oidc) session.endpoints.oidc ??= oidc
  }
  return [...found.values()]
}

/** A sign-in's facts. The start URL's host is its name in the call meter. */
export function factsOf(
  { name, startUrl, region, endpoints }: ConfiguredSso,
  from: SsoSessionFacts['from'],
  sharesWithCli: boolean,
): SsoSessionFacts {
  return {
    id: name,
    name: URL.canParse(name) ? new URL(name).host : name,
    startUrl,
    portal: { name: URL.parse(startUrl)?.host ?? name, region, endpoints },
    from,
    cacheKey: name,
    sharesWithCli,
  }
}

/** What a profile wants of a portal, where it is one of a sign-in. */
export function ssoRoleOf(section: Section): { session: string; account: string; role: string } | undefined {
  const session = ssoNameOf(section)
  const { sso_account_id: account, sso_role_name: role } = section
  return session && account && role ? { session, account, role } : undefined
}
