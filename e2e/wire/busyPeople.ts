import {
  AcknowledgeJobCommand,
  type ActionExecutionDetail,
  CodePipelineClient,
  DisableStageTransitionCommand,
  EnableStageTransitionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
  PollForJobsCommand,
  PutApprovalResultCommand,
  PutJobSuccessResultCommand,
  RetryStageExecutionCommand,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import type { Ledger } from './busyLedger.ts'
import { type BusyPipeline, busyPipelines, shipping } from './busyWorld.ts'
import type { ShopCloud, workingCopy } from './shop.ts'

/** People at work. They go on whatever happens to the cloud, and say again what was not answered. */
export interface People {
  ledger: Ledger
  /** Resolves when so many more calls have been answered, refused or not. */
  answered(calls: number): Promise<void>
  /** Nobody calls a cloud that is known to be gone; `back` tells that there is one again, and how much to do. */
  gone(): void
  back(tasks: { starts: number; pushes: number; gates: number; stops: number }): void
  /** No new work; what is open is finished. Resolves when all executions have ended. */
  finish(): Promise<void>
}

type Answer<T> = { kind: 'answered'; output: T } | { kind: 'refused' } | { kind: 'lost' }

export function createPeople(
  cloud: ShopCloud,
  copies: ReadonlyMap<string, ReturnType<typeof workingCopy>>,
  random: () => number,
): People {
  const client = new CodePipelineClient(cloud.settings())
  const ledger: Ledger = {
    started: new Map(),
    pushed: new Map(),
    approved: new Map(),
    jobs: new Map(),
    shipped: new Set(),
    stopped: new Set(),
    gates: new Map(),
    writes: new Map(),
  }
  const left = { starts: 0, pushes: 0, gates: 0, stops: 0 }
  let here = Promise.withResolvers<void>()
  let ending = false
  const goingHome = new AbortController()
  let count = 0
  const waiting = new Set<{ at: number; resolve: () => void }>()
  const fresh = (word: string) => `${word}-${Math.floor(random() * 2 ** 52).toString(36)}`
  const any = <T>(from: readonly T[]): T => {
    const chosen = from[Math.floor(random() * from.length)]
    if (chosen === undefined) throw new Error('There is nothing to choose from')
    return chosen
  }

  /** One try. What has no answer may have been done or not. */
  const ask = async <T extends { $metadata: { requestId?: string } }>(
    operation: string,
    send: () => Promise<T>,
  ): Promise<Answer<T>> => {
    await here.promise
    try {
      const output = await send()
      if (output.$metadata.requestId) ledger.writes.set(output.$metadata.requestId, operation)
      return { kind: 'answered', output }
    } catch (error) {
      return wasAnswered(error) ? { kind: 'refused' } : { kind: 'lost' }
    } finally {
      count++
      for (const each of waiting) {
        if (each.at > count) continue
        waiting.delete(each)
        each.resolve()
      }
    }
  }
  /** The same call until it is answered. */
  const insist = async <T extends { $metadata: { requestId?: string } }>(operation: string, send: () => Promise<T>) => {
    for (;;) {
      const answer = await ask(operation, send)
      if (answer.kind !== 'lost') return answer
    }
  }
  const actionsOf = async (pipelineName: string): Promise<ActionExecutionDetail[]> => {
    const answer = await insist('ListActionExecutions', () =>
      client.send(new ListActionExecutionsCommand({ pipelineName })),
    )
    return answer.kind === 'answered' ? (answer.output.actionExecutionDetails ?? []) : []
  }

  const start = async () => {
    const { name } = any(busyPipelines)
    const clientRequestToken = fresh('start')
    const answer = await insist('StartPipelineExecution', () =>
      client.send(new StartPipelineExecutionCommand({ name, clientRequestToken })),
    )
    if (answer.kind === 'answered') ledger.started.set(answer.output.pipelineExecutionId ?? '', name)
  }
  const push = async () => {
    const [pipeline, copy] = any([...copies])
    await copy.commit(fresh('page'))
    for (;;) {
      await here.promise
      const commit = await copy.send().catch(() => undefined)
      if (commit === undefined) continue
      ledger.pushed.set(pipeline, [...(ledger.pushed.get(pipeline) ?? []), commit])
      return
    }
  }
  const turnGate = async ({ name, stages }: BusyPipeline, stageName: string, open: boolean) => {
    const where = { pipelineName: name, stageName, transitionType: 'Inbound' } as const
    const answer = open
      ? await insist('EnableStageTransition', () => client.send(new EnableStageTransitionCommand(where)))
      : await insist('DisableStageTransition', () =>
          client.send(new DisableStageTransitionCommand({ ...where, reason: `one of ${stages.length}` })),
        )
    if (answer.kind === 'answered') ledger.gates.set(`${name}/${stageName}`, open)
  }
  const stop = async () => {
    if (ledger.started.size === 0) return
    const [pipelineExecutionId, pipelineName] = any([...ledger.started].slice(-10))
    const abandon = random() < 0.5
    const answer = await ask('StopPipelineExecution', () =>
      client.send(new StopPipelineExecutionCommand({ pipelineName, pipelineExecutionId, abandon, reason: 'later' })),
    )
    if (answer.kind === 'answered') ledger.stopped.add(pipelineExecutionId)
  }

  /** The token of an approval: of PARALLEL pipelines in their history, of all others in their state. */
  const tokenOf = async (name: string, { actionExecutionId, output }: ActionExecutionDetail) => {
    const told = output?.executionResult?.externalExecutionId
    if (told !== undefined) return told
    const answer = await insist('GetPipelineState', () => client.send(new GetPipelineStateCommand({ name })))
    const states = answer.kind === 'answered' ? (answer.output.stageStates ?? []) : []
    return states
      .flatMap(({ actionStates = [] }) => actionStates)
      .find(({ latestExecution }) => latestExecution?.actionExecutionId === actionExecutionId)?.latestExecution?.token
  }
  const approve = async (pipelineName: string, action: ActionExecutionDetail) => {
    const { stageName, actionName, pipelineExecutionId } = action
    const summary = fresh('approval')
    const status = random() < 0.8 ? 'Approved' : 'Rejected'
    const token = await tokenOf(pipelineName, action)
    const answer = await ask('PutApprovalResult', () =>
      client.send(
        new PutApprovalResultCommand({ pipelineName, stageName, actionName, token, result: { summary, status } }),
      ),
    )
    if (answer.kind === 'answered') ledger.approved.set(summary, { execution: pipelineExecutionId ?? '', status })
  }
  const retry = async (pipelineName: string, { stageName, pipelineExecutionId = '' }: ActionExecutionDetail) => {
    const retryMode = random() < 0.5 ? 'FAILED_ACTIONS' : 'ALL_ACTIONS'
    // Whether it is answered or not, it may go on from here.
    ledger.stopped.delete(pipelineExecutionId)
    await ask('RetryStageExecution', () =>
      client.send(new RetryStageExecutionCommand({ pipelineName, stageName, pipelineExecutionId, retryMode })),
    )
  }
  /** Looks after approvals and failures of one pipeline after the other. */
  const release = async () => {
    for (const { name } of busyPipelines) {
      const actions = await actionsOf(name)
      for (const action of actions) {
        const asks = action.input?.actionTypeId?.category === 'Approval'
        if (asks && action.status === 'InProgress' && (ending || random() < 0.7)) await approve(name, action)
      }
      const [latest] = actions
      if (latest?.status === 'Failed' && !ending && random() < 0.3) await retry(name, latest)
    }
  }

  const work = async (worker: string) => {
    const polled = await ask('PollForJobs', () =>
      client.send(new PollForJobsCommand({ actionTypeId: shipping, maxBatchSize: 2 })),
    )
    const jobs = polled.kind === 'answered' ? (polled.output.jobs ?? []) : []
    for (const { id: jobId = '', nonce } of jobs) {
      const claimed = await insist('AcknowledgeJob', () => client.send(new AcknowledgeJobCommand({ jobId, nonce })))
      if (claimed.kind === 'refused' || claimed.output.status !== 'InProgress') continue
      const before = ledger.jobs.get(jobId)
      if (before !== undefined) throw new Error(`The job ${jobId} was given to ${before} and to ${worker}`)
      ledger.jobs.set(jobId, worker)
      const continuationToken = random() < 0.25 ? fresh('more') : undefined
      const externalExecutionId = fresh('shipment')
      const said = await insist('PutJobSuccessResult', () =>
        client.send(
          new PutJobSuccessResultCommand({
            jobId,
            ...(continuationToken === undefined
              ? { executionDetails: { externalExecutionId, summary: worker } }
              : { continuationToken }),
          }),
        ),
      )
      if (said.kind === 'answered' && continuationToken === undefined) ledger.shipped.add(externalExecutionId)
    }
  }

  const executionsOf = async (pipelineName: string): Promise<PipelineExecutionSummary[]> => {
    const answer = await insist('ListPipelineExecutions', () =>
      client.send(new ListPipelineExecutionsCommand({ pipelineName })),
    )
    return answer.kind === 'answered' ? (answer.output.pipelineExecutionSummaries ?? []) : []
  }
  const goingOn = async () => {
    for (const { name } of busyPipelines) {
      const going = (await executionsOf(name)).some(({ status }) => status === 'InProgress' || status === 'Stopping')
      if (going) return true
    }
    return false
  }

  /** Everybody who has something left to do does it; who only looks does it all the time. */
  const busy = (what: keyof typeof left, act: () => Promise<void>) => async () => {
    while (!goingHome.signal.aborted) {
      await here.promise
      if (left[what] > 0) {
        left[what]--
        await act()
      } else if (ending) return
      else await tick()
    }
  }
  const always = (act: () => Promise<unknown>) => async () => {
    while (!goingHome.signal.aborted) {
      await act()
      await tick()
    }
  }
  const atWork = Promise.all(
    [
      busy('starts', start),
      busy('pushes', push),
      busy('gates', async () => {
        const pipeline = any(busyPipelines)
        await turnGate(pipeline, any(pipeline.stages), random() < 0.5)
      }),
      busy('stops', stop),
      always(release),
      always(() => work('ann')),
      always(() => work('bob')),
    ].map(each => each()),
  )
  // Told when it is waited for.
  atWork.catch(() => {})

  return {
    ledger,
    answered: calls =>
      Promise.race([new Promise<void>(resolve => waiting.add({ at: count + calls, resolve })), atWork.then(() => {})]),
    gone() {
      here = Promise.withResolvers()
    },
    back(tasks) {
      for (const what of ['starts', 'pushes', 'gates', 'stops'] as const) left[what] += tasks[what]
      here.resolve()
    },
    async finish() {
      ending = true
      for (const pipeline of busyPipelines) for (const stage of pipeline.stages) await turnGate(pipeline, stage, true)
      while (Object.values(left).some(tasks => tasks > 0) || (await goingOn())) await tick()
      goingHome.abort()
      await atWork
    },
  }
}

/** Lets others have their turn. */
const tick = () => new Promise<void>(resolve => setTimeout(resolve, 5))

const wasAnswered = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  '$metadata' in error &&
  (error.$metadata as { httpStatusCode?: number }).httpStatusCode !== undefined
