import { randomUUID } from 'node:crypto'
import {
  BatchGetCommitsCommand,
  BatchGetRepositoriesCommand,
  CreateBranchCommand,
  CreateCommitCommand,
  CreateRepositoryCommand,
  DeleteBranchCommand,
  DeleteRepositoryCommand,
  GetBlobCommand,
  GetBranchCommand,
  GetCommitCommand,
  GetDifferencesCommand,
  GetFileCommand,
  GetFolderCommand,
  GetRepositoryCommand,
  ListBranchesCommand,
  ListRepositoriesCommand,
  ListTagsForResourceCommand,
  PutFileCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDefaultBranchCommand,
  UpdateRepositoryDescriptionCommand,
} from '@aws-sdk/client-codecommit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tooling } from '../endpoint.testing.ts'
import { startCodeCommit, type TestCodeCommit } from './codeCommit.testing.ts'

let cloud: TestCodeCommit
beforeAll(async () => {
  cloud = await startCodeCommit()
})
afterAll(() => cloud.stop())

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array | undefined) => new TextDecoder().decode(content)
async function repository() {
  const repositoryName = `r-${randomUUID().slice(0, 8)}`
  await cloud.client.send(new CreateRepositoryCommand({ repositoryName }))
  return repositoryName
}
const putFile = (repositoryName: string, filePath: string, content: string, parentCommitId?: string) =>
  cloud.client.send(
    new PutFileCommand({
      repositoryName,
      branchName: 'main',
      filePath,
      fileContent: bytes(content),
      parentCommitId,
      commitMessage: `Write ${filePath}`,
      name: 'Ann',
      email: 'ann@example.com',
    }),
  )

describe('repositories', () => {
  it('are made, described, listed, tagged and deleted', async () => {
    const { client } = cloud
    const made = await client.send(
      new CreateRepositoryCommand({
        repositoryName: 'web.shop-1',
        repositoryDescription: 'The shop',
        tags: { team: 'web' },
      }),
    )
    expect(made.repositoryMetadata).toMatchObject({ repositoryName: 'web.shop-1', repositoryDescription: 'The shop' })
    expect(made.repositoryMetadata?.defaultBranch).toBeUndefined()
    await expect(client.send(new CreateRepositoryCommand({ repositoryName: 'web.shop-1' }))).rejects.toMatchObject({
      name: 'RepositoryNameExistsException',
    })
    await client.send(
      new UpdateRepositoryDescriptionCommand({ repositoryName: 'web.shop-1', repositoryDescription: 'Ours' }),
    )
    const resourceArn = made.repositoryMetadata?.Arn
    await client.send(new TagResourceCommand({ resourceArn, tags: { stage: 'prod' } }))
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ stage: 'prod' })
    const { repositories, repositoriesNotFound } = await client.send(
      new BatchGetRepositoriesCommand({ repositoryNames: ['web.shop-1', 'nope'] }),
    )
    expect(repositories).toMatchObject([{ repositoryDescription: 'Ours', accountId: tooling }])
    expect(repositoriesNotFound).toEqual(['nope'])
    expect((await client.send(new ListRepositoriesCommand({}))).repositories).toContainEqual({
      repositoryId: made.repositoryMetadata?.repositoryId,
      repositoryName: 'web.shop-1',
    })
    await client.send(new DeleteRepositoryCommand({ repositoryName: 'web.shop-1' }))
    await expect(client.send(new GetRepositoryCommand({ repositoryName: 'web.shop-1' }))).rejects.toMatchObject({
      name: 'RepositoryDoesNotExistException',
    })
    expect(await client.send(new DeleteRepositoryCommand({ repositoryName: 'web.shop-1' }))).not.toHaveProperty(
      'repositoryId',
    )
  })

  it.each(['..', '.', '../etc', 'a/b', 'shop.git', 'with space', 'x'.repeat(101)])(
    'are not called %j',
    async repositoryName => {
      await expect(cloud.client.send(new CreateRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
        name: 'InvalidRepositoryNameException',
      })
    },
  )

  it('are their account’s and region’s own', async () => {
    const repositoryName = await repository()
    const elsewhere = [cloud.stranger, cloud.clientFor(cloud.ann, 'eu-west-1')]
    for (const client of elsewhere) {
      await expect(client.send(new GetRepositoryCommand({ repositoryName }))).rejects.toMatchObject({
        name: 'RepositoryDoesNotExistException',
      })
      await client.send(new CreateRepositoryCommand({ repositoryName }))
    }
  })
})

describe('commits through the API', () => {
  it('begin a repository, go on from the tip only, and are announced', async () => {
    const repositoryName = await repository()
    cloud.events.length = 0
    const first = await putFile(repositoryName, 'src/app.ts', 'one')
    expect(cloud.events).toMatchObject([{ detail: { event: 'referenceCreated', commitId: first.commitId } }])
    await expect(putFile(repositoryName, 'b', 'x')).rejects.toMatchObject({ name: 'ParentCommitIdRequiredException' })
    await expect(putFile(repositoryName, 'src/app.ts', 'one', first.commitId)).rejects.toMatchObject({
      name: 'SameFileContentException',
    })
    const second = await putFile(repositoryName, 'src/app.ts', 'two', first.commitId)
    await expect(putFile(repositoryName, 'b', 'x', first.commitId)).rejects.toMatchObject({
      name: 'ParentCommitIdOutdatedException',
    })
    const { commit } = await cloud.client.send(new GetCommitCommand({ repositoryName, commitId: second.commitId }))
    expect(commit).toMatchObject({
      message: 'Write src/app.ts',
      parents: [first.commitId],
      treeId: second.treeId,
      author: { name: 'Ann', email: 'ann@example.com', date: expect.stringMatching(/^\d{10} \+0000$/) },
    })
    const file = await cloud.client.send(new GetFileCommand({ repositoryName, filePath: '/src/app.ts' }))
    expect(text(file.fileContent)).toBe('two')
    expect(file).toMatchObject({ commitId: second.commitId, fileMode: 'NORMAL', fileSize: 3, filePath: 'src/app.ts' })
    const { content } = await cloud.client.send(new GetBlobCommand({ repositoryName, blobId: file.blobId }))
    expect(text(content)).toBe('two')
  })

  it('put, remove and make executable many files at once; the differences tell', async () => {
    const repositoryName = await repository()
    const commit = async (parentCommitId: string | undefined, more: object) =>
      cloud.client.send(new CreateCommitCommand({ repositoryName, branchName: 'main', parentCommitId, ...more }))
    const first = await commit(undefined, {
      putFiles: [
        { filePath: 'build.sh', fileContent: bytes('#!/bin/sh') },
        { filePath: 'docs/ünï.md', fileContent: bytes('hi') },
        { filePath: 'link', fileContent: bytes('build.sh'), fileMode: 'SYMLINK' },
      ],
    })
    const second = await commit(first.commitId, {
      putFiles: [{ filePath: 'new', fileContent: bytes('n') }],
      deleteFiles: [{ filePath: 'docs/ünï.md' }],
      setFileModes: [{ filePath: 'build.sh', fileMode: 'EXECUTABLE' }],
    })
    const { differences } = await cloud.client.send(
      new GetDifferencesCommand({
        repositoryName,
        beforeCommitSpecifier: first.commitId,
        afterCommitSpecifier: 'main',
      }),
    )
    expect(differences?.map(d => [d.changeType, d.beforeBlob?.path, d.afterBlob?.path, d.afterBlob?.mode])).toEqual([
      ['M', 'build.sh', 'build.sh', '100755'],
      ['D', 'docs/ünï.md', undefined, undefined],
      ['A', undefined, 'new', '100644'],
    ])
    const all = await cloud.client.send(
      new GetDifferencesCommand({ repositoryName, afterCommitSpecifier: first.commitId, MaxResults: 2 }),
    )
    expect(all.differences).toHaveLength(2)
    expect(all.NextToken).toBeTruthy()
    const folder = await cloud.client.send(
      new GetFolderCommand({ repositoryName, commitSpecifier: first.commitId, folderPath: '/' }),
    )
    expect(folder.subFolders).toMatchObject([{ absolutePath: 'docs', relativePath: 'docs' }])
    expect(folder.files).toMatchObject([{ absolutePath: 'build.sh', fileMode: 'NORMAL' }])
    expect(folder.symbolicLinks).toMatchObject([{ relativePath: 'link', fileMode: 'SYMLINK' }])
    const { commits, errors } = await cloud.client.send(
      new BatchGetCommitsCommand({ repositoryName, commitIds: [second.commitId ?? '', '0'.repeat(40)] }),
    )
    expect(commits).toHaveLength(1)
    expect(errors).toMatchObject([{ errorCode: 'CommitDoesNotExistException' }])
  })

  it('refuse paths that climb and say what is not there', async () => {
    const repositoryName = await repository()
    await expect(putFile(repositoryName, '../x', 'x')).rejects.toMatchObject({ name: 'InvalidPathException' })
    const { commitId } = await putFile(repositoryName, 'a', '1')
    const { client } = cloud
    const refused = (answer: Promise<unknown>) =>
      answer.then(
        () => 'nothing',
        error => error.name,
      )
    expect(await refused(client.send(new GetFileCommand({ repositoryName, filePath: 'b' })))).toBe(
      'FileDoesNotExistException',
    )
    expect(await refused(client.send(new GetFolderCommand({ repositoryName, folderPath: 'a' })))).toBe(
      'FolderDoesNotExistException',
    )
    expect(await refused(client.send(new GetCommitCommand({ repositoryName, commitId: 'main' })))).toBe(
      'InvalidCommitIdException',
    )
    expect(await refused(client.send(new GetCommitCommand({ repositoryName, commitId: '0'.repeat(40) })))).toBe(
      'CommitIdDoesNotExistException',
    )
    expect(await refused(client.send(new GetBlobCommand({ repositoryName, blobId: commitId })))).toBe(
      'BlobIdDoesNotExistException',
    )
    expect(
      await refused(client.send(new GetFileCommand({ repositoryName, filePath: 'a', commitSpecifier: '--help' }))),
    ).toBe('InvalidCommitException')
  })
})

describe('branches', () => {
  it('are made, chosen as default and deleted', async () => {
    const repositoryName = await repository()
    const { commitId } = await putFile(repositoryName, 'a', '1')
    const { client } = cloud
    await client.send(new CreateBranchCommand({ repositoryName, branchName: 'feature/x', commitId }))
    await expect(
      client.send(new CreateBranchCommand({ repositoryName, branchName: 'feature/x', commitId })),
    ).rejects.toMatchObject({ name: 'BranchNameExistsException' })
    expect((await client.send(new ListBranchesCommand({ repositoryName }))).branches).toEqual(['feature/x', 'main'])
    await expect(client.send(new DeleteBranchCommand({ repositoryName, branchName: 'main' }))).rejects.toMatchObject({
      name: 'DefaultBranchCannotBeDeletedException',
    })
    await client.send(new UpdateDefaultBranchCommand({ repositoryName, defaultBranchName: 'feature/x' }))
    const { deletedBranch } = await client.send(new DeleteBranchCommand({ repositoryName, branchName: 'main' }))
    expect(deletedBranch).toEqual({ branchName: 'main', commitId })
    await expect(client.send(new GetBranchCommand({ repositoryName, branchName: 'main' }))).rejects.toMatchObject({
      name: 'BranchDoesNotExistException',
    })
    expect((await client.send(new GetRepositoryCommand({ repositoryName }))).repositoryMetadata?.defaultBranch).toBe(
      'feature/x',
    )
  })

  it.each(['a..b', '-x', 'a b', 'x.lock', '/a', 'a~1', 'refs^{}'])('are not called %j', async branchName => {
    const repositoryName = await repository()
    await expect(cloud.client.send(new GetBranchCommand({ repositoryName, branchName }))).rejects.toMatchObject({
      name: 'InvalidBranchNameException',
    })
  })
})
