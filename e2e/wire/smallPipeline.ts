import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import type { CloudUnderTest } from './cloudUnderTest.ts'

/** What a pipeline that costs nothing needs: a role, and a bucket for its source and its artifacts. */
export interface Ground {
  /** A sound declaration: an object in S3, then a manual approval. */
  declaration(name: string): PipelineDeclaration
  /** Takes everything away again. */
  remove(): Promise<void>
}

/** Makes the ground in the first account, or in the real one, under names that nothing else has. */
export async function makeGround(cloud: CloudUnderTest): Promise<Ground> {
  const iam = new IAMClient(cloud.settings())
  const s3 = new S3Client(cloud.settings())
  const unique = `wire-${Date.now().toString(36)}`
  const [Bucket, RoleName, PolicyName] = [`${unique}-${cloud.account}`, unique, 'Artifacts']
  const arn = `arn:aws:s3:::${Bucket}`
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'app.zip', Body: 'an app' }))
  const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const trust = { Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = document(trust)
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  const PolicyDocument = document({ Effect: 'Allow', Action: 's3:*', Resource: [arn, `${arn}/*`] })
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))

  const empty = async () => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  }
  return {
    declaration: name => ({
      name,
      roleArn: Role?.Arn,
      artifactStore: { type: 'S3', location: Bucket },
      stages: [
        {
          name: 'Source',
          actions: [
            {
              name: 'Drop',
              actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
              configuration: { S3Bucket: Bucket, S3ObjectKey: 'app.zip', PollForSourceChanges: 'false' },
              outputArtifacts: [{ name: 'App' }],
            },
          ],
        },
        {
          name: 'Prod',
          actions: [
            {
              name: 'Approve',
              actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
            },
          ],
        },
      ],
    }),
    async remove() {
      await empty()
      await s3.send(new DeleteBucketCommand({ Bucket }))
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))
      await iam.send(new DeleteRoleCommand({ RoleName }))
      s3.destroy()
      iam.destroy()
    },
  }
}
