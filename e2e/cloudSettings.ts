import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromIni } from '@aws-sdk/credential-providers'

/** What an SDK client needs to reach a desk's local cloud as one of its profiles, by the files that the cloud writes. */
export async function cloudSettings(data: string, profile: string) {
  const aws = join(data, 'cloud/aws')
  const configFilepath = join(aws, 'config')
  const [, endpoint] = /endpoint_url = (\S+)/.exec(readFileSync(configFilepath, 'utf8')) ?? []
  if (endpoint === undefined) throw new Error(`${configFilepath} names no endpoint.`)
  const credentials = await fromIni({ profile, filepath: join(aws, 'credentials'), configFilepath })()
  return { region: 'us-east-1', endpoint, credentials, maxAttempts: 1 }
}
