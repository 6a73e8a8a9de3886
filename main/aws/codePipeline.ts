import {
  GetPipelineCommand,
  GetPipelineExecutionCommand,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
} from '@aws-sdk/client-codepipeline'
import { Declaration } from '../../preload/contract/declaration.ts'
import type { ActionDetail, Definition, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import { Failure } from '../base/failure.ts'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'
import { actionDetailOf, approvalToken } from './fromSdk/actionDetail.ts'
import { definitionOf } from './fromSdk/definition.ts'
import { executionOf } from './fromSdk/execution.ts'
import { liveStateOf } from './fromSdk/liveState.ts'
import { instant, present } from './fromSdk/parts.ts'
import type { LiveState } from './liveState.ts'

/** One item of ListPipelines. */
export interface ListedPipeline {
  name: string
  version: number
  type: 'V1' | 'V2'
  mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL'
}

/** What CodePipeline is asked. Its writes are in `codePipelineWrites.ts`. */
export interface CodePipeline {
  /** All pages. */
  pipelines(at: At, ask: Ask): Promise<ListedPipeline[]>
  /** The current version, or an older one. */
  definition(key: PipelineKey, version: number | undefined, ask: Ask): Promise<Definition>
  /** As `definition`, whole, as AWS keeps it; with when the version was made, as far as AWS says. */
  declaration(
    key: PipelineKey,
    version: number | undefined,
    ask: Ask,
  ): Promise<{ declaration: Declaration; updatedAt?: string }>
  state(key: PipelineKey, ask: Ask): Promise<LiveState>
  /** The newest ones, newest first; `succeededIn` keeps those that succeeded in that stage. */
  executions(key: PipelineKey, limit: number, ask: Ask, succeededIn?: string): Promise<ExecutionSummary[]>
  /** An execution's definition version and pipeline variables, which lists leave out. */
  execution(
    key: PipelineKey,
    id: string,
    ask: Ask,
  ): Promise<{ version?: number; variables: { name: string; value: string }[] }>
  /** Each attempt of each action of one execution, newest first; of all executions without `executionId` (first page). */
  actions(key: PipelineKey, executionId: string | undefined, ask: Ask): Promise<ActionDetail[]>
  /** The token of a waiting approval of an execution, where GetPipelineState has none (PARALLEL). */
  approvalToken(key: PipelineKey, executionId: string, actionExecutionId: string, ask: Ask): Promise<string | undefined>
}

/** More pages than any quota allows mean a server that repeats its token. */
const mostPages = 200

export function codePipeline(door: Door): CodePipeline {
  const placeOf = ({ name }: PipelineKey) => ({ pipeline: name })

  const actionPages = async (key: PipelineKey, executionId: string | undefined, ask: Ask) => {
    const details = []
    let nextToken: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const token = nextToken
      const output = await door(
        key,
        {
          service: 'codepipeline',
          name: 'ListActionExecutions',
          same: JSON.stringify([key.name, executionId, token]),
          place: placeOf(key),
          send: client =>
            client.send(
              new ListActionExecutionsCommand({
                pipelineName: key.name,
                maxResults: 100,
                ...(executionId !== undefined && { filter: { pipelineExecutionId: executionId } }),
                ...(token !== undefined && { nextToken: token }),
              }),
            ),
        },
        ask,
      )
      details.push(...(output.actionExecutionDetails ?? []))
      nextToken = output.nextToken
      if (nextToken === undefined || executionId === undefined) break
    }
    return details
  }

  const definitionAnswer = (key: PipelineKey, version: number | undefined, ask: Ask) =>
    door(
      key,
      {
        service: 'codepipeline',
        name: 'GetPipeline',
        same: JSON.stringify([key.name, version]),
        place: placeOf(key),
        send: client =>
          client.send(new GetPipelineCommand({ name: key.name, ...(version !== undefined && { version }) })),
      },
      ask,
    )

  /** Every page or none: a pipeline that an unread page may hold is not gone. */
  const listPages = async (at: At, ask: Ask): Promise<ListedPipeline[]> => {
    const listed: ListedPipeline[] = []
    let nextToken: string | undefined
    for (let page = 0; page < mostPages; page++) {
      const token = nextToken
      const output = await door(
        at,
        {
          service: 'codepipeline',
          name: 'ListPipelines',
          same: token ?? '',
          send: client =>
            client.send(
              new ListPipelinesCommand({ maxResults: 1000, ...(token !== undefined && { nextToken: token }) }),
            ),
        },
        ask,
      )
      for (const { name, version = 1, pipelineType = 'V1', executionMode = 'SUPERSEDED' } of output.pipelines ?? []) {
        if (name !== undefined) listed.push({ name, version, type: pipelineType, mode: executionMode })
      }
      nextToken = output.nextToken
      if (nextToken === undefined) break
    }
    return listed
  }

  return {
    async pipelines(at, ask) {
      try {
        return await listPages(at, ask)
      } catch (thrown) {
        // A page's token may grow too old while the call budget keeps its page waiting: from the beginning, once.
        if (!(thrown instanceof Failure) || thrown.code !== 'InvalidNextTokenException') throw thrown
        return listPages(at, ask)
      }
    },
    definition: async (key, version, ask) => definitionOf(await definitionAnswer(key, version, ask), key.account),
    async declaration(key, version, ask) {
      const { pipeline, metadata } = await definitionAnswer(key, version, ask)
      // What a declaration holds is JSON.
      const declaration = Declaration.parse(JSON.parse(JSON.stringify(pipeline ?? {})))
      return { declaration, ...present({ updatedAt: instant(metadata?.updated) }) }
    },
    state: async (key, ask) =>
      liveStateOf(
        await door(
          key,
          {
            service: 'codepipeline',
            name: 'GetPipelineState',
            same: key.name,
            place: placeOf(key),
            send: client => client.send(new GetPipelineStateCommand({ name: key.name })),
          },
          ask,
        ),
      ),
    async executions(key, limit, ask, succeededIn) {
      const output = await door(
        key,
        {
          service: 'codepipeline',
          name: 'ListPipelineExecutions',
          same: JSON.stringify([key.name, limit, succeededIn]),
          place: placeOf(key),
          send: client =>
            client.send(
              new ListPipelineExecutionsCommand({
                pipelineName: key.name,
                maxResults: limit,
                ...(succeededIn !== undefined && { filter: { succeededInStage: { stageName: succeededIn } } }),
              }),
            ),
        },
        ask,
      )
      return (output.pipelineExecutionSummaries ?? []).flatMap(summary => executionOf(summary) ?? [])
    },
    async execution(key, id, ask) {
      const { pipelineExecution } = await door(
        key,
        {
          service: 'codepipeline',
          name: 'GetPipelineExecution',
          same: JSON.stringify([key.name, id]),
          place: placeOf(key),
          send: client =>
            client.send(new GetPipelineExecutionCommand({ pipelineName: key.name, pipelineExecutionId: id })),
        },
        ask,
      )
      return {
        ...(pipelineExecution?.pipelineVersion !== undefined && { version: pipelineExecution.pipelineVersion }),
        variables: (pipelineExecution?.variables ?? []).map(({ name = '', resolvedValue = '' }) => ({
          name,
          value: resolvedValue,
        })),
      }
    },
    actions: async (key, executionId, ask) =>
      (await actionPages(key, executionId, ask)).flatMap(detail => actionDetailOf(key, detail) ?? []),
    async approvalToken(key, executionId, actionExecutionId, ask) {
      const details = await actionPages(key, executionId, ask)
      const waiting = details.find(detail => detail.actionExecutionId === actionExecutionId)
      return waiting && approvalToken(waiting)
    },
  }
}
