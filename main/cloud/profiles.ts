import { join } from 'node:path'
import type { CloudAccount } from './cloud.ts'
import { type DeskRole, deskRoles } from './services/iam/seed.ts'
import { sessionName } from './services/identity/signInFile.ts'
import { writePrivately } from './state/writePrivately.ts'

export interface ProfilesOptions {
  /** Where the files go. */
  directory: string
  endpoint: string
  region: string
  accounts: readonly CloudAccount[]
  /** What the AWS CLI takes for the start URL. */
  issuerUrl: string
}

/** The files with which others reach the cloud. */
export interface Profiles {
  configFile: string
  credentialsFile: string
  /** For git's own `store` credential helper; the user name in a clone URL picks the account. */
  gitCredentialsFile: string
}

const roles = Object.keys(deskRoles) as DeskRole[]
const profileOf = (account: string, role: DeskRole) => `${account}-${kebab(role)}`

const ssoProfileOf = (account: string, role: DeskRole) => `${account}-sso-${kebab(role)}`

/** The names of the profiles that stand for an account's roles and permission sets. */
export const roleProfilesOf = (account: string): readonly string[] =>
  roles.flatMap(role => [profileOf(account, role), ssoProfileOf(account, role)])

/**
 * Writes the two files that AWS's CLI and SDKs read: a profile with keys for each account's administrator, one for each
 * role, which is taken on from it, and one for each permission set, for whoever signed in. Beside them one for git.
 */
export function writeProfiles(options: ProfilesOptions): Profiles {
  const { directory, endpoint, region, accounts, issuerUrl } = options
  const [configFile, credentialsFile] = [join(directory, 'config'), join(directory, 'credentials')]
  const gitCredentialsFile = join(directory, 'git-credentials')
  const common = `region = ${region}\nendpoint_url = ${endpoint}\n`
  const signIn = [
    // Whoever names no profile reaches the cloud too, not AWS: `aws sso login --sso-session local`.
    `[default]\n${common}`,
    `[sso-session ${sessionName}]\nsso_start_url = ${issuerUrl}\nsso_region = ${region}\nsso_registration_scopes = sso:account:access\n`,
    // For a profile of one's own that signs in here and goes elsewhere.
    `[services ${sessionName}]\nsso =\n  endpoint_url = ${endpoint}\nsso_oidc =\n  endpoint_url = ${endpoint}\n`,
  ]
  const profiles = accounts.flatMap(({ id, profile, accessKeyId }) => [
    `[profile ${profile}]\n${common}`,
    ...roles.map(role =>
      [
        `[profile ${profileOf(profile, role)}]`,
        `role_arn = arn:aws:iam::${id}:role/${role}`,
        `source_profile = ${profile}`,
        // The AWS CLI keeps temporary credentials by role and session name: those of another cloud with the same
        // account ids, or of this one before a reset, must not be taken for ours.
        `role_session_name = local-${accessKeyId.slice(-8).toLowerCase()}`,
        common,
      ].join('\n'),
    ),
    ...roles.map(role =>
      [
        `[profile ${ssoProfileOf(profile, role)}]`,
        `sso_session = ${sessionName}`,
        `sso_account_id = ${id}`,
        `sso_role_name = ${role}`,
        `services = ${sessionName}`,
        common,
      ].join('\n'),
    ),
  ])
  const credentials = accounts.map(
    ({ profile, accessKeyId, secretAccessKey }) =>
      `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
  )
  const gitCredentials = accounts.map(({ git }) => {
    const url = new URL(endpoint)
    url.username = git.user
    url.password = git.password
    return `${url.href.replace(/\/$/, '')}\n`
  })
  writePrivately(configFile, [...signIn, ...profiles].join('\n'))
  writePrivately(credentialsFile, credentials.join('\n'))
  writePrivately(gitCredentialsFile, gitCredentials.join(''))
  return { configFile, credentialsFile, gitCredentialsFile }
}

const kebab = (name: string) => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
