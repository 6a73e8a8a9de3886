import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { Cloud } from '../../main/cloud/cloud.ts'
import { target } from './cloudUnderTest.ts'

const run = promisify(execFile)

const version = spawnSync('aws', ['--version'], { encoding: 'utf8' })
const installed = version.status === 0
if (!installed) console.log('The AWS CLI is not installed: the tests that drive it are left out.')

/** Whether the tests that drive the AWS CLI, v1 or v2, can be run: what they show needs a cloud of their own, too. */
export const hasAwsCli = installed && target === 'local'

/** `aws …` with nothing of this machine's own: neither its profiles nor its home. */
export interface AwsCli {
  /** Under a profile of the files that the cloud wrote. What it printed as JSON; undefined where it printed nothing. */
  (profile: string, ...words: string[]): Promise<unknown>
  /** As whoever the environment says. */
  with(who: Readonly<Record<string, string>>, ...words: string[]): Promise<unknown>
  /** What a call under a profile was refused with. */
  refused(profile: string, ...words: string[]): Promise<string>
}

/** Whatever knows the files that a cloud wrote for the CLI. */
interface WithProfiles {
  local(): Pick<Cloud, 'configFile' | 'credentialsFile'>
}

/** The CLI against a cloud; `home` is where it keeps the credentials of roles. */
export function createAwsCli(cloud: () => WithProfiles, home: () => string = () => '/nonexistent'): AwsCli {
  const withEnvironment: AwsCli['with'] = async (who, ...words) => {
    const { configFile, credentialsFile } = cloud().local()
    const { stdout } = await run('aws', [...words, '--output', 'json'], {
      env: {
        ...who,
        PATH: process.env.PATH,
        HOME: home(),
        AWS_CONFIG_FILE: configFile,
        AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
        AWS_PAGER: '',
        // LookupEvents takes two calls a second.
        AWS_RETRY_MODE: 'standard',
        AWS_MAX_ATTEMPTS: '8',
      },
    })
    return /^\s*[[{"]/.test(stdout) ? JSON.parse(stdout) : undefined
  }
  const aws = (profile: string, ...words: string[]) => withEnvironment({ AWS_PROFILE: profile }, ...words)
  return Object.assign(aws, {
    with: withEnvironment,
    async refused(profile: string, ...words: string[]) {
      const error: unknown = await aws(profile, ...words).catch((thrown: unknown) => thrown)
      return error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : 'not refused'
    },
  })
}
