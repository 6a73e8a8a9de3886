import { type AwsJsonSettings, createAwsJson } from './protocols/awsJson.ts'
import type { Protocol } from './protocols/protocol.ts'
import { createQuery } from './protocols/query.ts'

/** How one AWS service is spoken to. */
export interface Binding {
  /** The service's name in IAM and ARNs, as its {@link Service} table has it. */
  service: string
  /** The name in the SigV4 credential scope. */
  signingName: string
  /** One endpoint for all regions: resources have none. */
  global: boolean
  /** The part of `X-Amz-Target` before the operation, without any Java package. */
  target?: string
  /** `Version` of a query request. */
  version?: string
  /** How it is spoken to first of all: by target where there is one, by query where not. */
  protocol: Protocol
  /** The query protocol of a service that also has another. */
  query?: Protocol
  /** Smithy's RPC v2 with CBOR, beside `protocol`; the target names the service in its path. Loaded with its first call. */
  cbor?: () => Promise<Protocol>
  /** What the service calls an input without a member that its model requires; undefined where its operations say. */
  missingMember?: string
  /** The SDK client whose runtime schemas are the model; loaded with the first call, not at start. */
  client: () => Promise<Readonly<Record<string, unknown>>>
}

interface JsonBinding extends AwsJsonSettings {
  service: string
  signingName?: string
  target: string
  /** The version under which query clients still reach it, and the host of that version's XML namespace. */
  query?: { version: string; host: string }
  cbor?: true
  missingMember?: string
  client: Binding['client']
}

function json(of: JsonBinding): Binding {
  const { service, signingName = service, target, missingMember, client } = of
  const protocol = createAwsJson(of)
  return {
    service,
    signingName,
    global: false,
    target,
    protocol,
    client,
    ...(of.query && { version: of.query.version, query: createQuery(namespace(of.query)) }),
    ...(of.cbor && { cbor: () => import('./protocols/rpcCbor.ts').then(({ rpcCbor }) => rpcCbor) }),
    ...(missingMember && { missingMember }),
  }
}

interface QueryBinding {
  service: string
  version: string
  host: string
  global?: true
  missingMember?: string
  client: Binding['client']
}

function query(of: QueryBinding): Binding {
  const { service, version, global = false, missingMember = 'ValidationException', client } = of
  const protocol = createQuery(namespace(of))
  return { service, signingName: service, global, version, protocol, missingMember, client }
}

const namespace = ({ version, host }: { version: string; host: string }) => `https://${host}/doc/${version}/`

/** Every service that a document protocol reaches. S3 is REST and has its own way in. */
export const bindings: readonly Binding[] = [
  json({
    service: 'codepipeline',
    target: 'CodePipeline_20150709',
    version: '1.1',
    client: () => import('@aws-sdk/client-codepipeline'),
  }),
  json({
    service: 'codebuild',
    target: 'CodeBuild_20161006',
    version: '1.1',
    missingMember: 'InvalidInputException',
    client: () => import('@aws-sdk/client-codebuild'),
  }),
  json({
    service: 'codecommit',
    target: 'CodeCommit_20150413',
    version: '1.1',
    client: () => import('@aws-sdk/client-codecommit'),
  }),
  // One API under two names.
  json({
    service: 'codestar-connections',
    target: 'CodeStar_connections_20191201',
    version: '1.0',
    missingMember: 'ValidationException',
    client: () => import('../services/connections/model.ts'),
  }),
  json({
    service: 'codeconnections',
    target: 'CodeConnections_20231201',
    version: '1.0',
    missingMember: 'ValidationException',
    client: () => import('../services/connections/model.ts'),
  }),
  json({
    service: 'logs',
    target: 'Logs_20140328',
    version: '1.1',
    missingMember: 'InvalidParameterException',
    client: () => import('@aws-sdk/client-cloudwatch-logs'),
  }),
  json({
    service: 'cloudtrail',
    target: 'CloudTrail_20131101',
    version: '1.1',
    client: () => import('@aws-sdk/client-cloudtrail'),
  }),
  json({
    service: 'cloudwatch',
    signingName: 'monitoring',
    target: 'GraniteServiceVersion20100801',
    version: '1.0',
    queryCompatible: true,
    query: { version: '2010-08-01', host: 'monitoring.amazonaws.com' },
    cbor: true,
    missingMember: 'ValidationException',
    client: () => import('@aws-sdk/client-cloudwatch'),
  }),
  json({
    service: 'events',
    target: 'AWSEvents',
    version: '1.1',
    missingMember: 'ValidationException',
    client: () => import('@aws-sdk/client-eventbridge'),
  }),
  json({
    service: 'sqs',
    target: 'AmazonSQS',
    version: '1.0',
    queryCompatible: true,
    query: { version: '2012-11-05', host: 'queue.amazonaws.com' },
    client: () => import('@aws-sdk/client-sqs'),
  }),
  json({
    service: 'organizations',
    target: 'AWSOrganizationsV20161128',
    version: '1.1',
    missingMember: 'InvalidInputException',
    client: () => import('@aws-sdk/client-organizations'),
  }),
  query({
    service: 'sns',
    version: '2010-03-31',
    host: 'sns.amazonaws.com',
    missingMember: 'InvalidParameterException',
    client: () => import('@aws-sdk/client-sns'),
  }),
  query({
    service: 'sts',
    version: '2011-06-15',
    host: 'sts.amazonaws.com',
    client: () => import('@aws-sdk/client-sts'),
  }),
  query({
    service: 'iam',
    version: '2010-05-08',
    host: 'iam.amazonaws.com',
    global: true,
    client: () => import('@aws-sdk/client-iam'),
  }),
]
