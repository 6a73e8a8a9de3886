import { z } from 'zod'
import { awsType, buildSite, checkout } from './stages.ts'

/** What the day's shop is made of, and what of the AWS CLI's answers the day looks at. */

const account = '111122223333'
const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
export const trust = (Service: string) =>
  document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })
export const allow = (...Action: string[]) => document({ Effect: 'Allow', Action, Resource: '*' })
const roleArn = (role: string) => `arn:aws:iam::${account}:role/${role}`

export const definition = {
  pipeline: {
    name: 'shop',
    pipelineType: 'V2',
    executionMode: 'SUPERSEDED',
    roleArn: roleArn('ShopPipeline'),
    artifactStore: { type: 'S3', location: 'shop-artifacts' },
    stages: [
      checkout('asks'),
      buildSite,
      {
        name: 'Production',
        actions: [
          { name: 'Approve', actionTypeId: awsType('Approval', 'Manual') },
          {
            name: 'Deploy',
            actionTypeId: awsType('Deploy', 'S3'),
            configuration: { BucketName: 'shop-site', Extract: 'true' },
            inputArtifacts: [{ name: 'Site' }],
            runOrder: 2,
          },
        ],
      },
    ],
  },
}
export const project = {
  name: 'shop',
  source: { type: 'CODEPIPELINE' },
  artifacts: { type: 'CODEPIPELINE' },
  environment: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
  serviceRole: roleArn('ShopBuild'),
}
/** Builds what the repository's own buildspec refuses to. */
export const mendedBuildspec =
  "version: 0.2\nphases:\n  build:\n    commands: ['sed s/World/Release/ index.html > page', 'mv page index.html']\nartifacts:\n  files: [index.html]\n"

export const State = z.object({
  stageStates: z.array(
    z.object({
      stageName: z.string(),
      inboundExecution: z.object({ pipelineExecutionId: z.string() }).optional(),
      inboundTransitionState: z.object({ enabled: z.boolean(), disabledReason: z.string().optional() }),
      latestExecution: z.object({ pipelineExecutionId: z.string(), status: z.string() }).optional(),
      actionStates: z.array(
        z.object({
          actionName: z.string(),
          latestExecution: z.object({ status: z.string(), token: z.string().optional() }).optional(),
        }),
      ),
    }),
  ),
})
export const Executions = z.object({
  pipelineExecutionSummaries: z.array(
    z.object({
      pipelineExecutionId: z.string(),
      status: z.string(),
      executionType: z.string().optional(),
      sourceRevisions: z.array(z.object({ revisionId: z.string() })),
    }),
  ),
})
export const Trail = z.object({
  Events: z.array(z.object({ EventName: z.string(), Username: z.string(), CloudTrailEvent: z.string() })),
})
export const Detail = z.object({
  eventSource: z.string(),
  sourceIPAddress: z.string(),
  userAgent: z.string(),
  userIdentity: z.object({ arn: z.string() }),
  requestParameters: z.record(z.string(), z.unknown()).nullable(),
  errorCode: z.string().optional(),
})
