import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Build, CreateProjectInput } from '@aws-sdk/client-codebuild'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'
import { type Clock, systemClock } from '../../../base/clock.ts'
import { type CloudEvent, createEventBus } from '../../events.ts'
import { createAuthorize } from '../../server/authorize.ts'
import type { Call, Caller, Operation } from '../../server/operation.ts'
import { openDatabase } from '../../state/database.ts'
import { createIdentities } from '../iam/createIdentities.ts'
import { createIamStore } from '../iam/store.ts'
import { createLogs } from '../logs/index.ts'
import { createS3 } from '../s3/s3.ts'
import { type CodeBuildOptions, createCodeBuild } from './index.ts'
import type { PipelineBuildReport } from './pipelineBuilds.ts'

const account = '111122223333'
const region = 'us-east-1'
export const bucket = 'artifacts'
const roleArn = `arn:aws:iam::${account}:role/Build`
const admin: Caller = {
  kind: 'root',
  account,
  arn: `arn:aws:iam::${account}:root`,
  userId: account,
  principalArn: `arn:aws:iam::${account}:root`,
}

export interface TestFile {
  text: string | Buffer
  mode?: number
}
export type Ended = Extract<PipelineBuildReport, { kind: 'ended' }>

/** CodeBuild with the real S3, IAM and Logs around it, on a directory of its own. */
export async function startCodeBuild(
  options: Partial<CodeBuildOptions> & { permissions?: object; clock?: Clock } = {},
) {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'codebuild-'))
  const clock = options.clock ?? systemClock
  const database = openDatabase(join(data, 'state.db'))
  const events: CloudEvent[] = []
  const faults: unknown[] = []
  const bus = createEventBus(error => faults.push(error))
  bus.subscribe(event => events.push(event))
  const iam = createIamStore(database)
  seedRole(iam, options.permissions ?? { Effect: 'Allow', Action: ['s3:*', 'logs:*'], Resource: '*' })
  const identities = createIdentities(iam, clock)
  const authorize = createAuthorize(identities.policiesOf, clock)
  const s3 = await createS3({ database, clock, bus, authorize, data })
  const logs = createLogs({ database, clock })
  const codeBuild = createCodeBuild({
    database,
    clock,
    bus,
    identities,
    authorize,
    objects: s3.objects,
    logs: logs.writer,
    data,
    log: { warn: detail => ('error' in detail ? faults.push(detail) : undefined) },
    ...options,
  })
  const call = (): Call => ({
    account,
    region,
    caller: admin,
    requestId: 'r',
    at: clock.now(),
    sourceIp: '127.0.0.1',
    userAgent: 'test',
    signal: new AbortController().signal,
  })
  const runs =
    (service: { lends: object; operations: Readonly<Record<string, unknown>> }) =>
    async <O>(name: string, input: object): Promise<O> =>
      (await (service.operations[name] as Operation<object, object, object>).run(service.lends, input, call())) as O
  const run = runs(codeBuild.service)
  const runLogs = runs(logs.service)
  if (!s3.objects.regionOf(bucket)) await runs(s3.service)('CreateBucket', { Bucket: bucket })
  await codeBuild.start()

  const self = {
    data,
    events,
    faults,
    run,
    runLogs,
    builds: codeBuild.builds,
    objects: s3.objects,
    /** Makes a project; `CODEPIPELINE` on both sides, as a pipeline wants it. */
    project: (name: string, buildspec: string, more: Partial<CreateProjectInput> = {}) =>
      run('CreateProject', {
        name,
        source: { type: 'CODEPIPELINE', buildspec },
        artifacts: { type: 'CODEPIPELINE' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/standard:7.0',
          computeType: 'BUILD_GENERAL1_SMALL',
        },
        serviceRole: roleArn,
        ...more,
      }),
    putSource: async (key: string, files: Record<string, string | TestFile>) => {
      await s3.objects.put(admin, bucket, key, await zipOf(files))
      return { name: 'Source', bucket, key }
    },
    /** Begins a build as a pipeline does. */
    begin: (project: string, more: Partial<Parameters<typeof codeBuild.builds.start>[1]> = {}) =>
      codeBuild.builds.start(
        { caller: admin, account, region },
        {
          project,
          initiator: 'codepipeline/shop',
          inputs: [{ name: 'Source', bucket, key: 'source.zip' }],
          outputs: [],
          environment: [],
          idempotencyToken: `${Math.random()}`,
          ...more,
        },
      ),
    ended: (arn: string) =>
      new Promise<Ended>(resolve => {
        codeBuild.builds.watch(arn, report => (report.kind === 'ended' ? resolve(report) : undefined))
      }),
    /** Begins a build and waits for its end. */
    build: async (project: string, more: Partial<Parameters<typeof codeBuild.builds.start>[1]> = {}) => {
      const { buildArn, buildId } = await self.begin(project, more)
      const report = await self.ended(buildArn)
      return { arn: buildArn, report, build: await self.get(buildId), log: await self.log(buildId) }
    },
    get: async (id: string): Promise<Build> => {
      const { builds } = await run<{ builds: Build[] }>('BatchGetBuilds', { ids: [id] })
      const [found] = builds
      if (!found) throw new Error(`no build ${id}`)
      return found
    },
    /** The whole log, its lines as they are. */
    log: async (id: string): Promise<string> => {
      const [project, logStreamName] = id.split(':')
      const lines: string[] = []
      let nextToken: string | undefined
      for (;;) {
        const page = await runLogs<{ events: { message: string }[]; nextForwardToken: string }>('GetLogEvents', {
          logGroupName: `/aws/codebuild/${project}`,
          logStreamName,
          startFromHead: true,
          ...(nextToken === undefined ? {} : { nextToken }),
        }).catch(() => undefined)
        if (!page || page.nextForwardToken === nextToken) return lines.join('')
        lines.push(...page.events.map(event => event.message))
        nextToken = page.nextForwardToken
      }
    },
    artifact: async (key: string) => unzipped(await readFile(s3.objects.open(admin, bucket, key).file)),
    bytes: (key: string) => readFile(s3.objects.open(admin, bucket, key).file),
    stop: async () => {
      await codeBuild.stop()
      database.close()
      if (options.data === undefined) rmSync(data, { recursive: true, force: true })
      if (faults.length > 0) throw new AggregateError(faults, 'the cloud had faults')
    },
  }
  return self
}
export type TestCodeBuild = Awaited<ReturnType<typeof startCodeBuild>>

function seedRole(iam: ReturnType<typeof createIamStore>, statement: object) {
  if (iam.role(account, 'Build')) return
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  })
  const role = {
    account,
    name: 'Build',
    id: 'AROAEXAMPLE',
    path: '/',
    created: 0,
    trust,
    description: '',
    maxSession: 3600,
  }
  iam.addRole(role)
  iam.putInline(
    { account, kind: 'role', name: 'Build' },
    'p',
    JSON.stringify({ Version: '2012-10-17', Statement: statement }),
  )
}

export async function zipOf(files: Record<string, string | TestFile>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, file] of Object.entries(files)) {
    const { text, mode = 0o100_644 } = typeof file === 'string' ? { text: file } : file
    zip.addBuffer(Buffer.from(text), name, { mode })
  }
  zip.end()
  return buffer(zip.outputStream)
}

async function unzipped(bytes: Buffer): Promise<Record<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false })
  const entries: yauzl.Entry[] = []
  zip.on('entry', (entry: yauzl.Entry) => {
    entries.push(entry)
    zip.readEntry()
  })
  await new Promise(resolve => {
    zip.once('end', resolve)
    zip.readEntry()
  })
  const texts = await Promise.all(
    entries.map(async entry => [entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString()]),
  )
  return Object.fromEntries(texts)
}
