import { CodeBuildClient } from '@aws-sdk/client-codebuild'
import { CodeCommitClient } from '@aws-sdk/client-codecommit'
import { CodePipelineClient } from '@aws-sdk/client-codepipeline'
import { IAMClient } from '@aws-sdk/client-iam'
import { S3Client } from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { CloudAccount } from '../cloud.ts'

/** The three accounts that the samples are laid out over. */
export type Place = 'tooling' | 'staging' | 'production'

/** What loading the samples needs of a cloud: its address and keys, as any client has them. */
export interface SampleCloud {
  endpoint: string
  accounts: readonly CloudAccount[]
  /** Basic-auth credentials for an account's git endpoint. */
  gitCredentials(account: string): { user: string; password: string }
  /** `resources/samples`. */
  samples: string
  /** Directory for work trees; emptied at the end. */
  scratch: string
  signal: AbortSignal
}

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }

/** The services of one account in one region, spoken to over the wire like any client does. */
export interface Clients {
  pipelines: CodePipelineClient
  builds: CodeBuildClient
  repositories: CodeCommitClient
  objects: S3Client
  iam: IAMClient
}

export interface World {
  cloud: SampleCloud
  account(place: Place): CloudAccount
  clients(place: Place, region: string): Clients
  /** CodePipeline as somebody in particular: their role session's name stands in every record. */
  as(place: Place, region: string, role: string, person: string): Promise<CodePipelineClient>
  close(): void
}

const environments = { tooling: 'development', staging: 'staging', production: 'production' } as const

/** The world of the samples, or undefined where the cloud lacks an account of one of the three environments. */
export function createWorld(cloud: SampleCloud): World | undefined {
  const found = (place: Place) => cloud.accounts.find(({ environment }) => environment === environments[place])
  const places = { tooling: found('tooling'), staging: found('staging'), production: found('production') }
  const { tooling, staging, production } = places
  if (!tooling || !staging || !production) return undefined
  const accounts = { tooling, staging, production }
  const open: { destroy(): void }[] = []
  const made = new Map<string, Clients>()
  const settings = (keys: Keys, region: string) => ({ endpoint: cloud.endpoint, region, credentials: keys })
  const keep = <C extends { destroy(): void }>(client: C) => {
    open.push(client)
    return client
  }
  return {
    cloud,
    account: place => accounts[place],
    clients(place, region) {
      const key = `${place} ${region}`
      const known = made.get(key)
      if (known) return known
      const config = settings(accounts[place], region)
      const clients = {
        pipelines: keep(new CodePipelineClient(config)),
        builds: keep(new CodeBuildClient(config)),
        repositories: keep(new CodeCommitClient(config)),
        objects: keep(new S3Client({ ...config, forcePathStyle: true })),
        iam: keep(new IAMClient(config)),
      }
      made.set(key, clients)
      return clients
    },
    async as(place, region, role, person) {
      const sts = keep(new STSClient(settings(accounts[place], region)))
      const { Credentials: given } = await sts.send(
        new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accounts[place].id}:role/${role}`, RoleSessionName: person }),
      )
      if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
        throw new TypeError('AssumeRole gave no credentials.')
      const keys = {
        accessKeyId: given.AccessKeyId,
        secretAccessKey: given.SecretAccessKey,
        sessionToken: given.SessionToken,
      }
      return keep(new CodePipelineClient(settings(keys, region)))
    },
    close: () => {
      for (const client of open) client.destroy()
    },
  }
}
