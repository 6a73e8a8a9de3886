import { CodePipelineClient, CreatePipelineCommand } from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { ZipFile } from 'yazl'

export const production = '777788889999'
const region = 'us-east-1'
export const siteKey = { account: production, region, name: 'site' }

export interface Place {
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
}

const clientOf = ({ endpoint, credentials }: Place) => ({ region, endpoint, credentials })

/** A pipeline of a production account that needs no build: S3 source, manual approval, S3 website. */
export async function createSite(place: Place, text = 'first') {
  const s3 = new S3Client(clientOf(place))
  const iam = new IAMClient(clientOf(place))
  const allow = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'SitePipeline',
      AssumeRolePolicyDocument: allow({
        Principal: { Service: 'codepipeline.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'SitePipeline',
      PolicyName: 'work',
      PolicyDocument: allow({ Action: 's3:*', Resource: '*' }),
    }),
  )
  for (const Bucket of ['site-source', 'site-artifacts', 'site-page'])
    await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: 'site-source', VersioningConfiguration: { Status: 'Enabled' } }),
  )
  await s3.send(
    new PutBucketWebsiteCommand({
      Bucket: 'site-page',
      WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
    }),
  )
  await s3.send(
    new PutBucketPolicyCommand({
      Bucket: 'site-page',
      Policy: allow({ Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site-page/*' }),
    }),
  )
  await publishSource(place, text)
  await createPipeline(place, 'site', 'SUPERSEDED')
}

/** Another pipeline over the same buckets. */
export async function createPipeline(place: Place, name: string, executionMode: 'SUPERSEDED' | 'PARALLEL') {
  await new CodePipelineClient(clientOf(place)).send(
    new CreatePipelineCommand({
      pipeline: {
        name,
        executionMode,
        pipelineType: 'V2',
        roleArn: `arn:aws:iam::${production}:role/SitePipeline`,
        artifactStore: { type: 'S3', location: 'site-artifacts' },
        stages: [
          {
            name: 'Source',
            actions: [
              {
                name: 'Page',
                actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                configuration: { S3Bucket: 'site-source', S3ObjectKey: 'site.zip' },
                outputArtifacts: [{ name: 'Page' }],
                namespace: 'Source',
              },
            ],
          },
          {
            name: 'Prod',
            actions: [
              {
                name: 'Approve',
                actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
                configuration: { CustomData: 'Look at #{Source.VersionId}' },
                runOrder: 1,
              },
              {
                name: 'Publish',
                actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
                configuration: { BucketName: 'site-page', Extract: 'true' },
                inputArtifacts: [{ name: 'Page' }],
                runOrder: 2,
              },
            ],
          },
        ],
      },
    }),
  )
}

/** A new version of the site's source: starts an execution. */
export async function publishSource(place: Place, text: string) {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(`<!doctype html><title>${text}</title>`), 'index.html')
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Uint8Array))
  await new S3Client(clientOf(place)).send(
    new PutObjectCommand({ Bucket: 'site-source', Key: 'site.zip', Body: Buffer.concat(chunks) }),
  )
}
