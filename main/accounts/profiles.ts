import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
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

/** A profile with what only the main process needs of it. */
export interface FoundProfile extends Omit<Profile, 'added'> {
  endpoint?: string
}

/** Every profile of both files. What can't be read is a profile of kind `unusable` that says why; the others stay. */
export async function readProfiles(files: SharedFiles): Promise<FoundProfile[]> {
  const problems = (await Promise.all([problemOf(files.config), problemOf(files.credentials)])).flat()
  const loaded = await loadSharedConfigFiles({
    configFilepath: files.config,
    filepath: files.credentials,
    ignoreCache: true,
  })
  const names = new Set([...Object.keys(loaded.configFile), ...Object.keys(loaded.credentialsFile)])
  const profiles = [...names]
    // `[sso-session x]` and `[services x]` are sections of their own, not profiles.
    .filter(name => !/^(sso-session|services)\b/.test(name))
    .map(name => profileOf(name, { ...loaded.configFile[name], ...loaded.credentialsFile[name] }))
  return [...profiles.sort((a, b) => a.name.localeCompare(b.name)), ...problems]
}

type Section = Record<string, string | undefined>

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

/** The SDK's loader passes over what it can't read; a person wants to know. Values are never quoted. */
async function problemOf(file: string): Promise<FoundProfile[]> {
  const unusable = (problem: string): FoundProfile[] => [{ name: file, kind: 'unusable', problem }]
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    return missing ? [] : unusable(`The file can’t be read: ${messageOf(thrown)}`)
  }
  const wrong = text
    .split(/\r?\n/)
    .findIndex(line => !/^\s*([#;].*)?$|^\s*\[[^[\]]+\]\s*([#;].*)?$|^\s*[^\s=[\]][^=]*=/.test(line))
  return wrong < 0 ? [] : unusable(`Line ${wrong + 1} is neither a section, a setting nor a comment.`)
}
