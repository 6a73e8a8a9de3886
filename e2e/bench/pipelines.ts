import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Settings } from './cloudProcess.ts'

/** The bucket that holds the artifacts, and the source of every pipeline that has one. */
export const bucket = 'bench-artifacts'
const sourceKey = 'source.zip'

const statement = (rest: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })

/** A role that `service` may take, allowed `actions` everywhere. Gives its ARN. */
export async function createRole(settings: Settings, name: string, service: string, actions: readonly string[]) {
  const iam = new IAMClient(settings)
  const AssumeRolePolicyDocument = statement({ Principal: { Service: service }, Action: 'sts:AssumeRole' })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }))
  const PolicyDocument = statement({ Action: actions, Resource: '*' })
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'bench', PolicyDocument }))
  iam.destroy()
  return Role?.Arn ?? ''
}

/** The versioned bucket with one object in it. */
export async function createSource(settings: Settings) {
  const s3 = new S3Client({ ...settings, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  // An empty archive: its end record alone.
  const Body = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: sourceKey, Body }))
  s3.destroy()
}

/** An S3 source and an approval that waits. Without a source bucket each execution fails at once. */
export function gated(name: string, roleArn: string, from: string = bucket): PipelineDeclaration {
  return {
    name,
    roleArn,
    pipelineType: 'V2',
    artifactStore: { type: 'S3', location: bucket },
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'Fetch',
            actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
            configuration: { S3Bucket: from, S3ObjectKey: sourceKey, PollForSourceChanges: 'false' },
            outputArtifacts: [{ name: 'Source' }],
          },
        ],
      },
      {
        name: 'Gate',
        actions: [
          { name: 'Approve', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
        ],
      },
    ],
  }
}
