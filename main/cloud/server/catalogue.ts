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
  protocol: Protocol
  /** What the service calls an input without a member that its model requires; undefined where its operations say. */
  missingMember?: string
  /** The SDK client whose runtime schemas are the model; loaded with the first call, not at start. */
  client: () => Promise<Readonly<Record<string, unknown>>>
}

interface JsonBinding extends AwsJsonSettings {
  service: string
  signingName?: string
  target: string
  missingMember?: string
  client: Binding['client']
}

function json(of: JsonBinding): Binding {
  const { service, signingName = service, target, missingMember, client } = of
  const protocol = createAwsJson(of)
  return { service, signingName, global: false, target, protocol, client, ...(missingMember && { missingMember }) }
}

function query(service: string, version: string, host: string, global: boolean, client: Binding['client']): Binding {
  const protocol = createQuery(`https://${host}/doc/${version}/`)
  return { service, signingName: service, global, version, protocol, missingMember: 'ValidationException', client }
}

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
    client: () => import('@aws-sdk/client-cloudwatch'),
  }),
  json({ service: 'events', target: 'AWSEvents', version: '1.1', client: () => import('@aws-sdk/client-eventbridge') }),
  json({
    service: 'sqs',
    target: 'AmazonSQS',
    version: '1.0',
    queryCompatible: true,
    client: () => import('@aws-sdk/client-sqs'),
  }),
  query('sts', '2011-06-15', 'sts.amazonaws.com', false, () => import('@aws-sdk/client-sts')),
  query('iam', '2010-05-08', 'iam.amazonaws.com', true, () => import('@aws-sdk/client-iam')),
]
