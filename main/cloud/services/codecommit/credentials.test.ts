import { CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import {
  CreateServiceSpecificCredentialCommand,
  DeleteServiceSpecificCredentialCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { developerGit, startCodeCommit, type TestCodeCommit } from './codeCommit.testing.ts'

let cloud: TestCodeCommit
let iam: IAMClient
beforeAll(async () => {
  cloud = await startCodeCommit()
  const { endpoint, ann } = cloud
  iam = new IAMClient({ endpoint, region: 'us-east-1', credentials: ann.credentials, maxAttempts: 1 })
  await cloud.client.send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
})
afterAll(async () => {
  iam.destroy()
  await cloud.stop()
})

describe('git credentials', () => {
  const ServiceName = 'codecommit.amazonaws.com'
  const list = async () => {
    const { ServiceSpecificCredentials } = await iam.send(
      new ListServiceSpecificCredentialsCommand({ UserName: 'ann' }),
    )
    return ServiceSpecificCredentials?.map(({ ServiceUserName }) => ServiceUserName) ?? []
  }
  const make = () => iam.send(new CreateServiceSpecificCredentialCommand({ UserName: 'ann', ServiceName }))

  it('are made, listed without their password and taken back through IAM', async () => {
    const { ServiceSpecificCredential: made } = await make()
    expect(made).toMatchObject({ ServiceUserName: 'ann-at-111122223333', Status: 'Active', ServiceName })
    const remote = new URL(`${cloud.endpoint}/git/us-east-1/v1/repos/shop`)
    remote.username = made?.ServiceUserName ?? ''
    remote.password = made?.ServicePassword ?? ''
    const reach = () => developerGit(cloud.work, ['ls-remote', remote.href])
    expect(await reach()).toMatchObject({ code: 0 })
    await make()
    expect(new Set(await list())).toEqual(new Set(['ann-at-111122223333', 'ann+1-at-111122223333']))
    await expect(make()).rejects.toMatchObject({ name: 'LimitExceededException' })
    await iam.send(
      new DeleteServiceSpecificCredentialCommand({
        UserName: 'ann',
        ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId,
      }),
    )
    expect((await reach()).output).toMatch(/Authentication failed/)
    await make()
    expect(await list()).toContain('ann-at-111122223333')
  })

  it('are for CodeCommit only', async () => {
    await expect(
      iam.send(new CreateServiceSpecificCredentialCommand({ UserName: 'pat', ServiceName })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await expect(
      iam.send(new CreateServiceSpecificCredentialCommand({ UserName: 'ann', ServiceName: 'cassandra.amazonaws.com' })),
    ).rejects.toMatchObject({ name: 'ServiceNotSupportedException' })
  })
})
