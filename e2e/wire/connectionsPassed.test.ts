import { CodePipelineClient, CreatePipelineCommand, UpdatePipelineCommand } from '@aws-sdk/client-codepipeline'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { type CloudUnderTest, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { followingPipeline } from './followingPipeline.ts'
import { addRole } from './shop.ts'

describe.skipIf(!hasAwsCli)('a connection in a definition', { timeout: 60_000 }, () => {
  let cloud: CloudUnderTest
  const aws = createAwsCli(() => cloud)
  const clients: { destroy(): void }[] = []
  const kept = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client)
    return client
  }
  let role: string
  beforeAll(async () => {
    cloud = await startCloudUnderTest()
    await kept(new S3Client(cloud.settings())).send(new CreateBucketCommand({ Bucket: 'artifacts' }))
    role = await addRole(cloud, 'tooling', 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, ['s3:*'])
  })
  afterAll(async () => {
    for (const client of clients) client.destroy()
    await cloud.stop()
  })

  it.each(['codestar-connections', 'codeconnections'])(
    'is handed to CodePipeline only by those who may pass it on: %s',
    async service => {
      const iam = kept(new IAMClient(cloud.settings()))
      const UserName = `editor-${service}`
      await iam.send(new CreateUserCommand({ UserName }))
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
      const allow = (PolicyName: string, statement: object) => {
        const PolicyDocument = JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Resource: '*', ...statement }],
        })
        return iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }))
      }
      await allow('edit', { Action: ['codepipeline:*', 'iam:PassRole'] })
      const credentials = {
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      }
      const editor = kept(new CodePipelineClient(cloud.settings({ credentials })))
      const words = [service, 'create-connection', '--provider-type', 'GitHub', '--connection-name', 'hats']
      const { ConnectionArn } = (await aws('tooling', ...words)) as { ConnectionArn: string }
      const pipeline = { ...followingPipeline(role, ConnectionArn), name: `from-${service}` }
      const denied = {
        name: 'AccessDeniedException',
        message: `User: arn:aws:iam::111122223333:user/${UserName} is not authorized to perform: ${service}:PassConnection on resource: ${ConnectionArn} because no identity-based policy allows the ${service}:PassConnection action`,
      }
      expect(await refusalOf(editor.send(new CreatePipelineCommand({ pipeline })))).toMatchObject(denied)
      const elsewhere = { StringEquals: { [`${service}:PassedToService`]: 'codebuild.amazonaws.com' } }
      await allow('pass', { Action: `${service}:PassConnection`, Condition: elsewhere })
      expect(await refusalOf(editor.send(new CreatePipelineCommand({ pipeline })))).toMatchObject(denied)
      const here = { StringEquals: { [`${service}:PassedToService`]: 'codepipeline.amazonaws.com' } }
      await allow('pass', { Action: `${service}:PassConnection`, Condition: here })
      await editor.send(new CreatePipelineCommand({ pipeline }))
      await allow('pass', { Action: `${service}:PassConnection`, Condition: elsewhere })
      expect(await refusalOf(editor.send(new UpdatePipelineCommand({ pipeline })))).toMatchObject(denied)
    },
  )
})
