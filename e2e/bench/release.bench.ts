import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BatchGetBuildsCommand, CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild'
import { CodeCommitClient, CreateRepositoryCommand } from '@aws-sdk/client-codecommit'
import {
  type ActionExecutionDetail,
  CodePipelineClient,
  CreatePipelineCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
} from '@aws-sdk/client-codepipeline'
import { clone } from '../git.ts'
import { startCloudProcess } from './cloudProcess.ts'
import { bucket, createRole, createSource } from './pipelines.ts'
import { percentile, report } from './results.ts'

/** A release of a one-file repository: from `git push` to the source action, and what a build that does nothing costs. */
const releases = 20

const cloud = await startCloudProcess()
const { settings } = cloud
const client = new CodePipelineClient(settings)
const builds = new CodeBuildClient(settings)
const role = await createRole(settings, 'Bench', 'codepipeline.amazonaws.com', ['s3:*', 'codecommit:*', 'codebuild:*'])
const builder = await createRole(settings, 'Build', 'codebuild.amazonaws.com', ['s3:*', 'logs:*'])
await createSource(settings)
const { repositoryMetadata } = await new CodeCommitClient(settings).send(
  new CreateRepositoryCommand({ repositoryName: 'page' }),
)
const command = 'true'
await builds.send(
  new CreateProjectCommand({
    name: 'nothing',
    source: { type: 'CODEPIPELINE', buildspec: `version: 0.2\nphases:\n  build:\n    commands:\n      - ${command}\n` },
    artifacts: { type: 'CODEPIPELINE' },
    environment: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' },
    serviceRole: builder,
  }),
)

const url = new URL(repositoryMetadata?.cloneUrlHttp ?? '')
const copy = await clone(url.href, cloud.gitCredentialsFile)
const git = promisify(execFile)
await writeFile(join(copy.folder, 'page.html'), 'first')
const who = ['-c', 'user.name=Tess Ter', '-c', 'user.email=tess@example.com']
await git('git', ['add', '.'], { cwd: copy.folder })
await git('git', [...who, 'commit', '-qm', 'Begin'], { cwd: copy.folder })
const helper = ['-c', 'credential.helper=', '-c', `credential.helper=store --file=${cloud.gitCredentialsFile}`]
await git('git', [...helper, 'push', '-q', 'origin', 'HEAD:main'], { cwd: copy.folder })

await client.send(
  new CreatePipelineCommand({
    pipeline: {
      name: 'page',
      roleArn: role,
      pipelineType: 'V2',
      artifactStore: { type: 'S3', location: bucket },
      stages: [
        {
          name: 'Source',
          actions: [
            {
              name: 'Checkout',
              actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
              configuration: { RepositoryName: 'page', BranchName: 'main' },
              outputArtifacts: [{ name: 'Source' }],
            },
          ],
        },
        {
          name: 'Build',
          actions: [
            {
              name: 'Build',
              actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
              configuration: { ProjectName: 'nothing' },
              inputArtifacts: [{ name: 'Source' }],
            },
          ],
        },
      ],
    },
  }),
)

/** Asks until the execution of a commit has ended; gives its actions. */
async function ended(commit: string | undefined): Promise<ActionExecutionDetail[]> {
  for (;;) {
    const { pipelineExecutionSummaries = [] } = await client.send(
      new ListPipelineExecutionsCommand({ pipelineName: 'page', maxResults: 1 }),
    )
    const [latest] = pipelineExecutionSummaries
    const ours = commit === undefined || latest?.sourceRevisions?.[0]?.revisionId === commit
    if (ours && latest?.status === 'Failed') throw new Error(`A release failed: ${JSON.stringify(latest)}`)
    if (ours && latest?.status === 'Succeeded') {
      const filter = { pipelineExecutionId: latest.pipelineExecutionId }
      const listed = await client.send(new ListActionExecutionsCommand({ pipelineName: 'page', filter }))
      return listed.actionExecutionDetails ?? []
    }
  }
}
await ended(undefined)

const toSource: number[] = []
const pushes: number[] = []
const build: number[] = []
const inside: number[] = []
const byHand: number[] = []
for (let release = 0; release < releases; release++) {
  await writeFile(join(copy.folder, 'page.html'), `release ${release}`)
  await git('git', [...who, 'commit', '-qam', `Release ${release}`], { cwd: copy.folder })
  const { stdout } = await git('git', ['rev-parse', 'HEAD'], { cwd: copy.folder })
  const from = Date.now()
  await git('git', [...helper, 'push', '-q', 'origin', 'HEAD:main'], { cwd: copy.folder })
  pushes.push(Date.now() - from)
  const actions = await ended(stdout.trim())
  const took = (name: string) => {
    const found = actions.find(({ actionName }) => actionName === name)
    const start = found?.startTime?.getTime() ?? Number.NaN
    return { start, ms: (found?.lastUpdateTime?.getTime() ?? Number.NaN) - start, found }
  }
  toSource.push(took('Checkout').start - from)
  const { ms, found } = took('Build')
  build.push(ms)
  const id = found?.output?.executionResult?.externalExecutionId ?? ''
  const { builds: told = [] } = await builds.send(new BatchGetBuildsCommand({ ids: [id] }))
  const phase = told[0]?.phases?.find(({ phaseType }) => phaseType === 'BUILD')
  inside.push((phase?.endTime?.getTime() ?? Number.NaN) - (phase?.startTime?.getTime() ?? Number.NaN))

  // The same by hand: what a person would do with the same commit.
  const by = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'by-hand-'))
  await git('git', ['clone', '-q', '--depth', '1', `file://${copy.folder}`, folder])
  await git('sh', ['-c', command], { cwd: folder })
  byHand.push(performance.now() - by)
  await rm(folder, { recursive: true })
}

const median = (samples: readonly number[]) => percentile(samples, 0.5)
const ms = (value: number) => `${value.toFixed(0)} ms`
report('release', [
  {
    what: `from \`git push\` to the start of the source action, median of ${releases}`,
    measured: ms(median(toSource)),
    beside: `${ms(median(pushes))} (the push itself)`,
    ratio: (median(toSource) / median(pushes)).toFixed(2),
  },
  {
    what: `a CodeBuild action that does nothing, median of ${releases}`,
    measured: ms(median(build)),
    beside: `${ms(median(byHand))} (git clone and the command by hand)`,
    ratio: (median(build) / median(byHand)).toFixed(2),
  },
  {
    what: 'of which in the BUILD phase',
    measured: ms(median(inside)),
    beside: '—',
    ratio: '—',
  },
])
await rm(copy.folder, { recursive: true })
client.destroy()
builds.destroy()
await cloud.stop()
process.exit(0)
