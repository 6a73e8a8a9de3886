import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { CloudTrailClient, type Event, paginateLookupEvents } from '@aws-sdk/client-cloudtrail'
import { BatchGetBuildsCommand, CodeBuildClient, paginateListBuildsForProject } from '@aws-sdk/client-codebuild'
import {
  type ActionExecutionDetail,
  CodePipelineClient,
  GetPipelineStateCommand,
  type PipelineExecutionSummary,
  paginateListActionExecutions,
  paginateListPipelineExecutions,
} from '@aws-sdk/client-codepipeline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dice } from '../../main/cloud/samples/imagined.ts'
import type { Ledger } from './busyLedger.ts'
import { createPeople } from './busyPeople.ts'
import { busyPipelines, createPipelines, prepareWorld } from './busyWorld.ts'
import { localOnly } from './cloudUnderTest.ts'
import { type KillableCloud, startKillable } from './killable.ts'
import { workingCopy } from './shop.ts'

/** More on request: `KILLS=200 npx vitest run e2e/wire/killedOften.test.ts`; `SEED=…` makes the same choices again. */
const kills = Number(process.env['KILLS'] ?? 20)
const seed = process.env['SEED'] ?? String(Date.now())

interface History {
  executions: PipelineExecutionSummary[]
  actions: ActionExecutionDetail[]
}

let data: string
let cloud: KillableCloud
let ledger: Ledger
const project = `busy-${process.pid}`
const histories = new Map<string, History>()
const faults: string[] = []
/** Whether each gate was open after the last kill, as `pipeline/stage`. */
const gates = new Map<string, boolean>()
/** Whether each gate was left open by whoever turned it last. */
let gatesAsLeft: ReadonlyMap<string, boolean>
const clients: { destroy(): void }[] = []
const kept = <T extends { destroy(): void }>(client: T): T => {
  clients.push(client)
  return client
}
const history = (pipeline: string): History => histories.get(pipeline) ?? { executions: [], actions: [] }
const ended = new Set(['Succeeded', 'Failed', 'Stopped', 'Superseded'])

describe.skipIf(localOnly('it kills the cloud'))(
  `a busy cloud that is killed ${kills} times`,
  { timeout: 60_000 },
  () => {
    beforeAll(
      async () => {
        console.log(`A busy cloud is killed ${kills} times, SEED=${seed}`)
        const random = dice(seed)
        const upTo = (most: number) => Math.floor(random() * most)
        data = mkdtempSync(join(tmpdir(), 'killed-often-'))
        const directory = join(data, 'cloud')
        cloud = await startKillable(directory)
        await prepareWorld(cloud, project)
        const copies = new Map<string, ReturnType<typeof workingCopy>>()
        for (const name of ['quiet', ...busyPipelines.flatMap(({ follows }) => follows ?? [])]) {
          const copy = workingCopy(join(data, 'clones', name), name)
          await copy.follow(cloud)
          await copy.push('first')
          if (name !== 'quiet') copies.set(name, copy)
        }
        await createPipelines(cloud, project)
        const people = createPeople(cloud, copies, random)
        ledger = people.ledger
        for (let kill = 0; kill < kills; kill++) {
          people.back({ starts: 6, pushes: 1, gates: 3, stops: 1 })
          await people.answered(20 + upTo(200))
          await later(upTo(8))
          people.gone()
          await cloud.end('SIGKILL')
          faults.push(...cloud.faults)
          cloud = await startKillable(directory, cloud.port)
        }
        const pipelines = kept(new CodePipelineClient(cloud.settings()))
        // Before anybody is let in again.
        for (const { name } of busyPipelines) {
          const { stageStates = [] } = await pipelines.send(new GetPipelineStateCommand({ name }))
          for (const { stageName, inboundTransitionState } of stageStates)
            gates.set(`${name}/${stageName}`, inboundTransitionState?.enabled === true)
        }
        gatesAsLeft = new Map(ledger.gates)
        people.back({ starts: 0, pushes: 0, gates: 0, stops: 0 })
        await people.finish()
        for (const { name: pipelineName } of busyPipelines) {
          const found: History = { executions: [], actions: [] }
          for await (const page of paginateListPipelineExecutions({ client: pipelines }, { pipelineName }))
            found.executions.push(...(page.pipelineExecutionSummaries ?? []))
          for await (const page of paginateListActionExecutions({ client: pipelines }, { pipelineName }))
            found.actions.push(...(page.actionExecutionDetails ?? []))
          histories.set(pipelineName, found)
        }
      },
      120_000 + kills * 10_000,
    )
    afterAll(async () => {
      for (const client of clients) client.destroy()
      await cloud.end('SIGKILL')
      rmSync(data, { recursive: true, force: true })
    })

    it('has every execution that was started, once, and each has ended', () => {
      for (const { name, mode } of busyPipelines) {
        const { executions } = history(name)
        const asked = executions.filter(({ trigger }) => trigger?.triggerType === 'StartPipelineExecution')
        const answered = [...ledger.started].flatMap(([id, pipeline]) => (pipeline === name ? [id] : []))
        expect(new Set(asked.map(({ pipelineExecutionId: id }) => id))).toEqual(new Set(answered))
        expect(asked).toHaveLength(answered.length)
        expect(executions.filter(({ status }) => !ended.has(status ?? ''))).toEqual([])
        const superseded = executions.filter(({ status }) => status === 'Superseded')
        expect(mode === 'SUPERSEDED' ? [] : superseded).toEqual([])
        const stopped = executions.filter(({ pipelineExecutionId: id }) => ledger.stopped.has(id ?? ''))
        expect(stopped.filter(({ status }) => status !== 'Stopped' && status !== 'Failed')).toEqual([])
      }
      expect(ledger.started.size).toBeGreaterThan(kills)
    })

    it('has every gate as it was left', () => {
      expect(Object.fromEntries([...gatesAsLeft.keys()].map(gate => [gate, gates.get(gate)]))).toEqual(
        Object.fromEntries(gatesAsLeft),
      )
    })

    it('has started every pipeline once for each push, and worked with the last', () => {
      for (const { name, follows } of busyPipelines) {
        const { executions } = history(name)
        const bySource = executions.filter(({ trigger }) => trigger?.triggerType === 'PollForSourceChanges')
        const commits = follows === undefined ? [] : (ledger.pushed.get(follows) ?? [])
        expect(`${name} ${bySource.length}`).toBe(`${name} ${commits.length}`)
        const revisions = executions.flatMap(({ sourceRevisions = [] }) => sourceRevisions.map(each => each.revisionId))
        expect(revisions).toEqual(expect.arrayContaining(commits.slice(-1)))
      }
    })

    it('has the answer to every approval, in the words of whoever gave it', () => {
      const answers = busyPipelines.flatMap(({ name }) =>
        history(name).actions.flatMap(({ pipelineExecutionId: execution, status, output }) => {
          const summary = output?.executionResult?.externalExecutionSummary ?? ''
          return ledger.approved.has(summary) ? [{ summary, execution, status }] : []
        }),
      )
      const expected = [...ledger.approved].map(([summary, { execution, status }]) => ({
        summary,
        execution,
        status: status === 'Approved' ? 'Succeeded' : 'Failed',
      }))
      const bySummary = (a: { summary: string }, b: { summary: string }) => a.summary.localeCompare(b.summary)
      expect(answers.sort(bySummary)).toEqual(expected.sort(bySummary))
    })

    it('has ended every action, and done none of their work twice', async () => {
      const actions = busyPipelines.flatMap(({ name }) => history(name).actions)
      expect(actions.filter(({ status }) => status === 'InProgress')).toEqual([])
      const outside = (category: string) =>
        actions.flatMap(({ input, output, status }) => {
          const id = output?.executionResult?.externalExecutionId
          return input?.actionTypeId?.category === category && id !== undefined ? [{ id, status }] : []
        })
      const shipped = outside('Deploy').filter(({ id }) => ledger.shipped.has(id))
      expect(shipped).toHaveLength(ledger.shipped.size)
      expect(new Set(shipped.map(({ status }) => status))).toEqual(new Set(['Succeeded']))

      const builds = outside('Build').map(({ id }) => id)
      expect(new Set(builds).size).toBe(builds.length)
      const codeBuild = kept(new CodeBuildClient(cloud.settings()))
      const made: string[] = []
      for await (const page of paginateListBuildsForProject({ client: codeBuild }, { projectName: project }))
        made.push(...(page.ids ?? []))
      // The only build without its action is one whose action was given up before it could say so.
      const abandoned = actions.filter(({ status }) => status === 'Abandoned').length
      expect(made.filter(id => !builds.includes(id)).length).toBeLessThanOrEqual(abandoned)
      expect(builds.filter(id => !made.includes(id))).toEqual([])
      for (let from = 0; from < made.length; from += 100) {
        const { builds: some = [] } = await codeBuild.send(
          new BatchGetBuildsCommand({ ids: made.slice(from, from + 100) }),
        )
        expect(some.filter(({ buildComplete }) => !buildComplete)).toEqual([])
      }
    })

    it('let nobody overtake where executions queue', () => {
      for (const { name, stages } of busyPipelines.filter(({ mode }) => mode === 'QUEUED')) {
        const { executions, actions } = history(name)
        const order = executions.map(({ pipelineExecutionId: id }) => id).reverse()
        for (const stage of stages) {
          const entered = actions
            .filter(({ stageName }) => stageName === stage)
            .map(({ pipelineExecutionId: id }) => id)
            .reverse()
          const positions = [...new Set(entered)].map(id => order.indexOf(id))
          expect(positions).toEqual(positions.toSorted((a, b) => a - b))
        }
      }
    })

    it('has every change on record exactly once', async () => {
      const trail = kept(new CloudTrailClient({ ...cloud.settings(), maxAttempts: 20 }))
      const recorded = new Map<string, number>()
      const operations = [...new Set(ledger.writes.values())].filter(name => !/^(List|Get|Poll)/.test(name))
      for (const AttributeValue of operations) {
        const LookupAttributes = [{ AttributeKey: 'EventName', AttributeValue } as const]
        for await (const { Events = [] } of paginateLookupEvents({ client: trail }, { LookupAttributes }))
          for (const event of Events) {
            const id = requestIdOf(event)
            recorded.set(id, (recorded.get(id) ?? 0) + 1)
          }
      }
      const written = [...ledger.writes].filter(([, name]) => operations.includes(name))
      const wrong = written
        .filter(([id]) => recorded.get(id) !== 1)
        .map(([id, name]) => `${name} ${recorded.get(id) ?? 0}`)
      expect(wrong).toEqual([])
      expect([...recorded.values()].filter(times => times !== 1)).toEqual([])
      expect(written.length).toBeGreaterThan(kills * 3)
    })

    it('leaves no process, no lock and no workspace behind', async () => {
      await cloud.end('SIGTERM')
      expect([...faults, ...cloud.faults]).toEqual([])
      expect(processesWith(`CODEBUILD_BUILD_ID=${project}:`, data)).toEqual([])
      const files = readdirSync(join(data, 'cloud'), { recursive: true, encoding: 'utf8' })
      expect(files.filter(name => /^git\/.*\.lock$|^builds\/./.test(name))).toEqual([])
    })
  },
)

const requestIdOf = ({ CloudTrailEvent = '{}' }: Event): string => {
  const record: unknown = JSON.parse(CloudTrailEvent)
  return typeof record === 'object' && record !== null && 'requestID' in record ? String(record.requestID) : ''
}

/** Command lines of processes of this machine that have a text in their environment, or a path in their command line. */
function processesWith(text: string, path: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap(pid => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return command.includes(path) || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text) ? [command] : []
    } catch {
      // Gone meanwhile, or another user's.
      return []
    }
  })
}
