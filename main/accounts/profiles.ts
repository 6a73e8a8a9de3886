import { readFile, stat } from 'node:fs/promises'
import { devNull, homedir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/core/config'
import type { Profile } from '../../preload/contract/accounts.ts'
import { messageOf } from '../base/failure.ts'

/** The AWS CLI's two files. */
export interface SharedFiles {
  config: string
  credentials: string
}

/** Where the AWS CLI and the SDKs look. */
export function sharedFiles(environment: NodeJS.ProcessEnv): SharedFiles {
  const aws = join(homedir(), '.aws')
  return {
    config: environment.AWS_CONFIG_FILE ?? join(aws, 'config'),
    credentials: environment.AWS_SHARED_CREDENTIALS_FILE ?? join(aws, 'credentials'),
  }
}

/** A section of either file, as its keys and values. */
export type Section = Readonly<Record<string, string | undefined>>

/** A profile with what only the main process needs of it. */
export interface FoundProfile extends Omit<Profile, 'added'> {
  endpoint?: string
}

/** Both files as they are now. */
export interface SharedConfig {
  /** Every profile. What can't be read is one of kind `unusable` that says why; the others stay. */
  profiles: FoundProfile[]
  /** By title: a profile's name, `sso-session.x` or `services.x`. May hold secrets. */
  sections: Readonly<Record<string, Section>>
}

/** Every profile of both files. */
export const readProfiles = async (files: SharedFiles): Promise<FoundProfile[]> => (await readShared(files)).profiles

export async function readShared(files: SharedFiles): Promise<SharedConfig> {
  const [config, credentials] = await Promise.all([look(files.config), look(files.credentials)])
  const problems = [config, credentials].flatMap(({ problem }) => problem ?? [])
  const loaded = await loadSharedConfigFiles({
    configFilepath: config.read,
    filepath: credentials.read,
    ignoreCache: true,
  })
  const names = new Set([...Object.keys(loaded.configFile), ...Object.keys(loaded.credentialsFile)])
  const profiles = [...names]
    // `[sso-session x]` and `[services x]` are sections of their own, not profiles.
    .filter(name => !/^(sso-session|services)\b/.test(name))
    .map(name => profileOf(name, { ...loaded.configFile[name], ...loaded.credentialsFile[name] }))
  return {
    profiles: [...profiles.sort((a, b) => a.name.localeCompare(b.name)), ...problems],
    sections: Object.fromEntries(
      [...names].map(name => [name, { ...loaded.configFile[name], ...loaded.credentialsFile[name] }]),
    ),
  }
}

function profileOf(name: string, section: Section): FoundProfile {
  const accountId = section.sso_account_id ?? /^arn:[^:]+:iam::(\d{12}):role\//.exec(section.role_arn ?? '')?.[1]
  return {
    name,
    ...kindOf(section),
    ...(section.region && { region: section.region }),
    ...(accountId && /^\d{12}$/.test(accountId) && { accountId }),
    ...(section.endpoint_url && { endpoint: section.endpoint_url }),
  }
}

function kindOf(section: Section): Pick<Profile, 'kind' | 'problem'> {
  if (section.role_arn) {
    if (section.source_profile || section.credential_source || section.web_identity_token_file) return { kind: 'role' }
    return { kind: 'unusable', problem: 'role_arn needs source_profile, credential_source or web_identity_token_file.' }
  }
  if (section.sso_session || section.sso_start_url) {
    return section.sso_account_id && section.sso_role_name
      ? { kind: 'sso' }
      : { kind: 'unusable', problem: 'sso_account_id and sso_role_name are both needed.' }
  }
  if (section.credential_process) return { kind: 'process' }
  if (section.aws_access_key_id && section.aws_secret_access_key) return { kind: 'keys' }
  if (section.aws_access_key_id || section.aws_secret_access_key) {
    return { kind: 'unusable', problem: 'aws_access_key_id and aws_secret_access_key are both needed.' }
  }
  return { kind: 'unusable', problem: 'It names no keys, role, process or sign-in.' }
}

/** More is no profile file: the largest of large companies have some thousand profiles, 300 bytes each. */
const largest = 4 * 1024 * 1024

/**
 * The file as the SDK's loader may read it, and what is wrong with it: the loader passes over what it can't read, waits
 * for ever for a pipe, and blocks for seconds over a huge file. Values are never quoted.
 */
async function look(file: string): Promise<{ read: string; problem?: FoundProfile }> {
  const unusable = (problem: string): FoundProfile => ({ name: file, kind: 'unusable', problem })
  const unread = (problem: string) => ({ read: devNull, problem: unusable(problem) })
  // How a person says that there is none: AWS_CONFIG_FILE=/dev/null.
  if (file === devNull) return { read: file }
  try {
    const found = await stat(file)
    if (!found.isFile()) return unread('The file can’t be read: it is not an ordinary file.')
    if (found.size > largest) return unread(`The file can’t be read: it is larger than ${largest / 1024 / 1024} MB.`)
    const problem = problemIn(await readFile(file, 'utf8'))
    return { read: file, ...(problem !== undefined && { problem: unusable(problem) }) }
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    return missing ? { read: file } : unread(`The file can’t be read: ${messageOf(thrown)}`)
  }
}

function problemIn(text: string): string | undefined {
  const lines = text.split(/\r?\n/)
  const poisoned = lines.findIndex(line => /^\s*\[\s*(profile\s+)?["']?__proto__["']?\s*\]/.test(line))
  if (poisoned >= 0) return `Line ${poisoned + 1} names a profile __proto__: the AWS SDK then reads none of the file.`
  const wrong = lines.findIndex(line => !/^\s*([#;].*)?$|^\s*\[[^[\]]+\]\s*([#;].*)?$|^\s*[^\s=[\]][^=]*=/.test(line))
  return wrong < 0 ? undefined : `Line ${wrong + 1} is neither a section, a setting nor a comment.`
}
