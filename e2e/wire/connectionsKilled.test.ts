import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CodeCommitClient, CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import { CodePipelineClient, CreatePipelineCommand, ListPipelineExecutionsCommand } from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, it, vi } from 'vitest'
import { createAwsCli, hasAwsCli } from './awsCli.ts'
import { followingPipeline } from './followingPipeline.ts'
import { type KillableCloud, startKillable } from './killable.ts'
import { addRole, workingCopy } from './shop.ts'

const rounds = 3
/** Many at once, so that the kill comes while they are judged. */
const branches = Array.from({ length: 12 }, (_, number) => `team-${number}`)

it.skipIf(!hasAwsCli)(
  'each branch pushed behind a connection starts its pipeline once, when the cloud is killed as soon as git is answered',
  { timeout: 180_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connections-killed-'))
    const data = join(folder, 'cloud')
    const copy = workingCopy(join(folder, 'shop'))
    const files = { configFile: join(data, 'aws/config'), credentialsFile: join(data, 'aws/credentials') }
    const aws = createAwsCli(() => ({ local: () => files }))
    let cloud: KillableCloud = await startKillable(data)
    try {
      await new S3Client(cloud.settings()).send(new CreateBucketCommand({ Bucket: 'artifacts' }))
      await new CodeCommitClient(cloud.settings()).send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
      const principal = { Service: 'codepipeline.amazonaws.com' }
      const roleArn = await addRole(cloud, 'tooling', 'Pipeline', principal, ['s3:*', 'codestar-connections:*'])
      await copy.follow(cloud)
      await copy.push('Hello World')
      const pushAll = () => copy.git('push', '-q', 'origin', ...branches.map(branch => `HEAD:${branch}`))
      await pushAll()
      const words = ['codestar-connections', 'create-connection', '--provider-type', 'GitHub']
      const made = (await aws('tooling', ...words, '--connection-name', 'hats')) as { ConnectionArn: string }
      const push = [{ branches: { includes: ['team-*'] }, filePaths: { includes: ['src/**'] } }]
      await new CodePipelineClient(cloud.settings()).send(
        new CreatePipelineCommand({ pipeline: followingPipeline(roleArn, made.ConnectionArn, push) }),
      )
      const commits: string[] = []
      for (let round = 0; round < rounds; round++) {
        await mkdir(join(folder, 'shop/src'), { recursive: true })
        await writeFile(join(folder, 'shop/src/round.txt'), `round ${round}`)
        await copy.commit(`Hello ${round}`)
        commits.push(await copy.git('rev-parse', 'HEAD'))
        await pushAll()
        await cloud.end('SIGKILL')
        cloud = await startKillable(data, cloud.port)
      }
      const pipelines = new CodePipelineClient(cloud.settings())
      const started = async () => {
        const page = await pipelines.send(new ListPipelineExecutionsCommand({ pipelineName: 'following' }))
        const details = (page.pipelineExecutionSummaries ?? []).map(({ trigger }) => trigger?.triggerDetail ?? '')
        const times = (commit: string, branch: string) =>
          details.filter(detail => detail.includes(commit) && detail.includes(`"branch-name":"${branch}"`)).length
        return commits.flatMap(commit => branches.map(branch => times(commit, branch)))
      }
      await vi.waitUntil(async () => !(await started()).includes(0), { timeout: 20_000, interval: 50 }).catch(() => {})
      expect(await started()).toEqual(commits.flatMap(() => branches.map(() => 1)))
      expect(cloud.faults).toEqual([])
    } finally {
      await cloud.end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    }
  },
)
