import { execFile } from 'node:child_process'
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tooling } from '../endpoint.testing.ts'
import { developerGit, startCodeCommit, type TestCodeCommit } from './codeCommit.testing.ts'

let cloud: TestCodeCommit
const exec = promisify(execFile)
beforeAll(async () => {
  cloud = await startCodeCommit()
})
afterAll(() => cloud.stop())

describe('an archive', () => {
  it('is the tree of the commit, with modes and links, whatever its attributes say', async () => {
    await cloud.client.send(new CreateRepositoryCommand({ repositoryName: 'archived' }))
    const clone = join(cloud.work, 'archived')
    const git = async (...args: string[]) => expect(await developerGit(clone, args)).toMatchObject({ code: 0 })
    await developerGit(cloud.work, ['clone', '-q', cloud.cloneUrl(tooling, 'ann', 'archived'), clone])
    await writeFile(join(clone, 'build.sh'), '#!/bin/sh\n')
    await chmod(join(clone, 'build.sh'), 0o755)
    await symlink('build.sh', join(clone, 'link'))
    await writeFile(join(clone, '.gitattributes'), 'left.txt export-ignore\n')
    await writeFile(join(clone, 'left.txt'), 'still here')
    await git('add', '-A')
    await git('commit', '-q', '-m', 'Add a script\n\nWith a body.')
    await git('push', '-q', 'origin', 'HEAD:main')
    const id = (await developerGit(clone, ['rev-parse', 'HEAD'])).output.trim()
    const { repositories, ann } = cloud
    expect(await repositories.branchHead(ann.caller, 'us-east-1', 'archived', 'main')).toMatchObject({
      id,
      message: 'Add a script\n\nWith a body.\n',
      author: { name: 'Ann', email: 'ann@example.com' },
      parents: [],
    })
    const file = join(cloud.work, 'source.zip')
    await repositories.archive(ann.caller, 'us-east-1', 'archived', id, file)
    const out = join(cloud.work, 'unzipped')
    await exec('unzip', ['-q', file, '-d', out])
    expect((await stat(join(out, 'build.sh'))).mode & 0o777).toBe(0o755)
    expect((await stat(join(out, 'left.txt'))).mode & 0o111).toBe(0)
    expect(await readFile(join(out, 'link'), 'utf8')).toBe('#!/bin/sh\n')
    await expect(repositories.archive(cloud.pat.caller, 'us-east-1', 'archived', id, file)).rejects.toMatchObject({
      name: 'RepositoryDoesNotExistException',
    })
  })
})
