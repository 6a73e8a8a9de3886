import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { CodeBuildClient } from '@aws-sdk/client-codebuild'
import { CodeCommitClient } from '@aws-sdk/client-codecommit'
import { CodePipelineClient } from '@aws-sdk/client-codepipeline'
import { IAMClient } from '@aws-sdk/client-iam'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { PricingClient } from '@aws-sdk/client-pricing'
import { S3Client } from '@aws-sdk/client-s3'
import { SQSClient } from '@aws-sdk/client-sqs'
import { STSClient } from '@aws-sdk/client-sts'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { Failure } from '../base/failure.ts'
import type { At } from './ask.ts'

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
  expiration?: Date
}

/** How an account is reached. Handed in by `accounts`, kept in memory, never written or told. */
export interface Access {
  credentials: () => Promise<Credentials>
  /** Where its services answer, if not at AWS's own addresses. */
  endpoint?: string
  /** The address of a bucket's website. */
  website(bucket: string, region: string): string
}

const makers = {
  cloudtrail: CloudTrailClient,
  cloudwatch: CloudWatchClient,
  codepipeline: CodePipelineClient,
  codebuild: CodeBuildClient,
  codecommit: CodeCommitClient,
  iam: IAMClient,
  logs: CloudWatchLogsClient,
  organizations: OrganizationsClient,
  pricing: PricingClient,
  s3: S3Client,
  sqs: SQSClient,
  sts: STSClient,
}
type Makers = typeof makers
export type ServiceName = keyof Makers
export type ClientOf<S extends ServiceName> = InstanceType<Makers[S]>

/** One client for each account × region × service, made when it is first needed. */
export interface Clients {
  admit: (account: string, access: Access) => void
  dismiss: (account: string) => void
  /** How the account is reached, if it was admitted. */
  known(account: string): Access | undefined
  /** @throws Failure `NotConnected` for an account that was not admitted. */
  access(at: At): Access
  get<S extends ServiceName>(service: S, at: At): ClientOf<S>
  stop(): void
}

export function createClients(): Clients {
  const accesses = new Map<string, Access>()
  const made = new Map<string, unknown>()
  // 22 kB a client instead of 40: the connections are shared.
  const agents = {
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 100 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 100 }),
  }
  const handler = (requestTimeout: number) =>
    new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout, ...agents })
  const usual = handler(20_000)
  // A long poll of 20 s is answered after 20 s.
  const patient = handler(30_000)
  const forget = (account: string) => {
    for (const name of made.keys()) if (name.startsWith(`${account}/`)) made.delete(name)
  }
  const access = ({ account, region }: At) => {
    const known = accesses.get(account)
    if (known) return known
    throw new Failure({
      code: 'NotConnected',
      message: `The desk has no credentials for account ${account}.`,
      place: { account, region },
      next: 'Choose Try again on the account, or add it.',
    })
  }
  return {
    known: account => accesses.get(account),
    access,
    admit(account, given) {
      forget(account)
      accesses.set(account, given)
    },
    dismiss(account) {
      forget(account)
      accesses.delete(account)
    },
    get<S extends ServiceName>(service: S, at: At): ClientOf<S> {
      const { credentials, endpoint } = access(at)
      const name = `${at.account}/${at.region}/${service}`
      const known = made.get(name)
      if (known) return known as ClientOf<S>
      const client = new makers[service]({
        region: at.region,
        credentials,
        requestHandler: service === 'sqs' ? patient : usual,
        // Retries belong to the call budget, which knows what else waits.
        maxAttempts: 1,
        ...(endpoint !== undefined && { endpoint }),
        // A queue's URL is what a person typed: it names the queue, and never who is asked.
        ...(service === 'sqs' && { useQueueUrlAsEndpoint: false }),
      })
      // Made for loggers that nobody gave: it copies every answer once more, which is a tenth of what a call costs.
      client.middlewareStack.removeByTag('LOGGER')
      made.set(name, client)
      return client as ClientOf<S>
    },
    stop() {
      made.clear()
      usual.destroy()
      patient.destroy()
    },
  }
}
