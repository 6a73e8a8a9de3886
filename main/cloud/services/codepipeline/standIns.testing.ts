import { createWriteStream } from 'node:fs'
import { pipeline as pipe } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { AwsError } from '../../server/awsError.ts'
import type {
  CommandsRequest,
  PipelineBuildReport,
  PipelineBuildRequest,
  PipelineBuilds,
} from '../codebuild/pipelineBuilds.ts'
import type { Commit, Repositories } from '../codecommit/repositories.ts'
import { type TestWorld, tooling } from '../endpoint.testing.ts'
import type { Functions } from '../lambda/inProcess.ts'
import type { Topics } from '../sns/inProcess.ts'

/** Services that CodePipeline's own tests stand in for; the whole cloud's tests use the real ones. */

/** One repository with one branch, told of over the bus as CodeCommit does. */
export function repositoryStandIn({ bus, authorize }: TestWorld) {
  const commits: Commit[] = []
  const head = () => commits.at(-1)
  const may = (as: Parameters<Repositories['commit']>[0], action: string, region: string, name: string) =>
    authorize(as, `codecommit:${action}`, `arn:aws:codecommit:${region}:${tooling}:${name}`)
  const repositories: Repositories = {
    branchHead: async (as, region, repository, branch) => {
      may(as, 'GetBranch', region, repository)
      const commit = head()
      if (repository !== 'web') throw new AwsError('RepositoryDoesNotExistException', `${repository} does not exist`)
      if (branch !== 'main' || !commit) throw new AwsError('BranchDoesNotExistException', `${branch} does not exist`)
      return commit
    },
    commit: async (as, region, repository, id) => {
      may(as, 'GetCommit', region, repository)
      const commit = commits.find(known => known.id === id)
      if (!commit) throw new AwsError('CommitDoesNotExistException', `${id} does not exist`)
      return commit
    },
    changedFiles: async () => ['index.html'],
    clone: () => Promise.reject(new Error('Nothing is cloned here')),
    archive: async (as, region, repository, id, file) => {
      may(as, 'GitPull', region, repository)
      const zip = new ZipFile()
      zip.addBuffer(Buffer.from(`<h1>${id}</h1>`), 'index.html')
      zip.end()
      await pipe(zip.outputStream, createWriteStream(file))
    },
  }
  /** What `git push` of one more commit does; `told` is false for what happens while nobody listens. */
  const push = (message: string, told = true) => {
    const id = (commits.length + 1).toString(16).padStart(40, 'c')
    const person = { name: 'Ann', email: 'ann@example.com', at: Date.UTC(2026, 10, 22) }
    commits.push({ id, message, author: person, committer: person, parents: [] })
    if (told) {
      bus.publish({
        source: 'aws.codecommit',
        'detail-type': 'CodeCommit Repository State Change',
        account: tooling,
        region: 'us-east-1',
        time: '2026-11-22T09:00:00Z',
        resources: [`arn:aws:codecommit:us-east-1:${tooling}:web`],
        detail: {
          event: 'referenceUpdated',
          repositoryName: 'web',
          referenceType: 'branch',
          referenceName: 'main',
          commitId: id,
        },
      })
    }
    return id
  }
  return { repositories, push }
}

/** Builds that end when a test says how; a build's idempotency token finds it again. */
export function buildsStandIn() {
  const started: PipelineBuildRequest[] = []
  const commands: CommandsRequest[] = []
  const stopped: string[] = []
  const listeners = new Map<string, (report: PipelineBuildReport) => void>()
  const builds: PipelineBuilds = {
    start: async ({ account, region }, request) => {
      if (request.project === 'missing') {
        throw new AwsError(
          'ResourceNotFoundException',
          `Project cannot be found: arn:aws:codebuild:${region}:${account}:project/missing`,
        )
      }
      if (!started.some(known => known.idempotencyToken === request.idempotencyToken)) started.push(request)
      const buildId = `${request.project}:${request.idempotencyToken}`
      return {
        buildId,
        buildArn: `arn:aws:codebuild:${region}:${account}:build/${buildId}`,
        consoleUrl: 'https://console.example/build',
      }
    },
    watch: (buildArn, listener) => {
      listeners.set(buildArn, listener)
      return () => listeners.delete(buildArn)
    },
    startCommands: async ({ account, region }, request) => {
      if (!commands.some(known => known.idempotencyToken === request.idempotencyToken)) commands.push(request)
      const buildId = `commands:${request.idempotencyToken}`
      return {
        buildId,
        buildArn: `arn:aws:codebuild:${region}:${account}:build/${buildId}`,
        consoleUrl: 'https://console.example/commands',
        logStreamArn: `arn:aws:logs:${region}:${account}:log-group:${request.logGroup}:log-stream:${buildId}`,
      }
    },
    stop: async buildArn => void stopped.push(buildArn),
  }
  const end = (status: 'SUCCEEDED' | 'FAILED', exportedVariables: Record<string, string> = {}) => {
    const summary = status === 'SUCCEEDED' ? 'Build succeeded' : 'Build terminated with state: FAILED. Phase: BUILD'
    for (const listener of listeners.values()) listener({ kind: 'ended', status, summary, exportedVariables })
  }
  return { builds, started, commands, stopped, end, running: () => listeners.size }
}

/** Topics that keep what is published to them; one of them lets nobody publish. */
export function topicsStandIn() {
  const published: { as: string; topic: string; subject: string | undefined; message: string }[] = []
  const topics: Topics = {
    publishAs(caller, topic, { subject, message }) {
      if (topic.endsWith(':closed')) {
        throw new AwsError('AccessDeniedException', `User: ${caller.arn} is not authorized to perform: SNS:Publish`)
      }
      published.push({ as: caller.principalArn, topic, subject, message: message.default ?? '' })
      return 'message'
    },
    publishFor: () => 'message',
  }
  return { topics, published }
}

/** Functions that are only told; what they were told is kept. */
export function functionsStandIn({ authorize }: TestWorld) {
  const told: { name: string; job: { id: string; data: Record<string, unknown> } }[] = []
  const functions: Functions = {
    tellAs(as, name, payload) {
      const arn = `arn:aws:lambda:${name.region}:${name.account}:function:${name.name}`
      authorize(as, 'lambda:InvokeFunction', arn)
      if (name.name === 'missing') throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`)
      const { 'CodePipeline.job': job } = JSON.parse(payload) as { 'CodePipeline.job': (typeof told)[number]['job'] }
      told.push({ name: name.name, job })
    },
    tellFor: () => {},
  }
  return { functions, told }
}

/** There is no connection here: the whole cloud's tests have them. */
export function noConnection(arn: string): never {
  throw new AwsError('ResourceNotFoundException', `Connection not found: ${arn}`)
}
