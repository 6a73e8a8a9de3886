import { fromIni, fromTemporaryCredentials } from '@aws-sdk/credential-providers'
import type { Credentials } from '../aws/clients.ts'
import { Failure, messageOf } from '../base/failure.ts'
import { readShared, type Section, type SharedConfig, type SharedFiles } from './profiles.ts'
import { ssoRoleOf } from './sso/discover.ts'

/** What profiles need of others. */
export interface ProfileMeans {
  files: SharedFiles
  /** A sign-in's role, by the desk's own tokens: the SDK would know the CLI's cache only. */
  ssoCredentials: (session: string, account: string, role: string) => Promise<Credentials>
  /** The code of an MFA device, asked of a person. */
  mfaCode: (profile: string, serial: string) => Promise<string>
}

/** A profile's credentials by the SDK's own providers. Never opens a browser: a missing sign-in is an error. */
export function profileProvider(profile: string, means: ProfileMeans): () => Promise<Credentials> {
  return async () => resolve(profile, await readShared(means.files), means, [])
}

async function resolve(
  name: string,
  config: SharedConfig,
  means: ProfileMeans,
  through: readonly string[],
): Promise<Credentials> {
  const section = config.sections[name] ?? {}
  const mfaCodeProvider = (serial: string) => means.mfaCode(through[0] ?? name, serial)
  const clientConfig = stsOf(section, config)
  if (section['role_arn'] === undefined) {
    const sso = ssoRoleOf(section)
    if (sso) return means.ssoCredentials(sso.session, sso.account, sso.role)
  } else if (section['source_profile'] !== undefined && endsInSso(section['source_profile'], config, [name])) {
    const { source_profile: source, role_arn: RoleArn, mfa_serial: SerialNumber, external_id: ExternalId } = section
    return fromTemporaryCredentials({
      masterCredentials: () => resolve(source, config, means, [...through, name]),
      mfaCodeProvider,
      clientConfig,
      params: {
        RoleArn,
        RoleSessionName: section['role_session_name'] ?? 'cloudpipelines',
        ...(ExternalId !== undefined && { ExternalId }),
        ...(SerialNumber !== undefined && { SerialNumber }),
        ...(section['duration_seconds'] !== undefined && { DurationSeconds: Number(section['duration_seconds']) }),
      },
    })()
  }
  const { config: configFilepath, credentials: filepath } = means.files
  const provider = fromIni({
    profile: name,
    configFilepath,
    filepath,
    ignoreCache: true,
    mfaCodeProvider,
    clientConfig,
  })
  return provider().catch((thrown: unknown) => {
    throw messageOf(thrown).startsWith('Command failed') ? processFailed(name) : thrown
  })
}

/** Node's words for a process that failed hold its command line and what it printed: either may be secret. */
const processFailed = (profile: string) =>
  new Failure({
    code: 'NoCredentials',
    message: `The credential process of the profile ${profile} failed.`,
    next: 'Run its credential_process in a terminal to see why, then choose Try again.',
  })

/** Where a profile's STS is. */
function stsOf(section: Section, { sections }: SharedConfig): { region: string; endpoint?: string } {
  const services = section['services'] === undefined ? undefined : sections[`services.${section['services']}`]
  const endpoint = services?.['sts.endpoint_url'] ?? section['endpoint_url']
  return { region: section['region'] ?? 'us-east-1', ...(endpoint !== undefined && { endpoint }) }
}

/** Whether the chain of source profiles begins with a sign-in. */
function endsInSso(name: string, config: SharedConfig, seen: readonly string[]): boolean {
  if (seen.includes(name)) {
    throw new Failure({
      code: 'NoCredentials',
      message: `The profiles ${[...seen, name].join(' → ')} name one another as their source.`,
      next: 'Let the chain begin with keys, a process or a sign-in.',
    })
  }
  const section = config.sections[name]
  if (section?.['role_arn'] === undefined) return section !== undefined && ssoRoleOf(section) !== undefined
  const { source_profile: source } = section
  // A profile may be its own source: its role, by its own keys.
  return source !== undefined && source !== name && endsInSso(source, config, [...seen, name])
}
