import {
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-codepipeline'
import { partitionOf } from '../../preload/contract/partition.ts'
import type { ActionDetail, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'
import { actionDetailOf } from './fromSdk/actionDetail.ts'
import { executionOf } from './fromSdk/execution.ts'
import { instant, present } from './fromSdk/parts.ts'

/** One page of a list, and what asks for the next. */
export interface Page<T> {
  items: T[]
  next?: string
}

/** CodePipeline's past, page by page: up to 12 months of it. */
export interface PipelineHistory {
  /** Newest first. */
  executions(key: PipelineKey, token: string | undefined, ask: Ask): Promise<Page<ExecutionSummary>>
  /** Each attempt of each action of all executions, newest first. */
  actions(key: PipelineKey, token: string | undefined, ask: Ask): Promise<Page<ActionDetail>>
  /** When each pipeline was created, by name. */
  created(at: At, ask: Ask): Promise<Map<string, string>>
  tags(key: PipelineKey, ask: Ask): Promise<Record<string, string>>
}

/** Pipelines of one account and region come in pages of 1,000, which is the default quota. */
const mostPages = 10

/** `arn:aws:codepipeline:us-east-1:111122223333:shop` */
export const pipelineArn = ({ account, region, name }: PipelineKey): string =>
  `arn:${partitionOf(region)}:codepipeline:${region}:${account}:${name}`

export function pipelineHistory(door: Door): PipelineHistory {
  return {
    async executions(key, token, ask) {
      const output = await door(
        key,
        {
          service: 'codepipeline',
          name: 'ListPipelineExecutions',
          same: JSON.stringify([key.name, 'page', token]),
          place: { pipeline: key.name },
          send: client =>
            client.send(
              new ListPipelineExecutionsCommand({
                pipelineName: key.name,
                maxResults: 100,
                ...(token !== undefined && { nextToken: token }),
              }),
            ),
        },
        ask,
      )
      return {
        items: (output.pipelineExecutionSummaries ?? []).flatMap(summary => executionOf(summary) ?? []),
        ...present({ next: output.nextToken }),
      }
    },
    async actions(key, token, ask) {
      const output = await door(
        key,
        {
          service: 'codepipeline',
          name: 'ListActionExecutions',
          same: JSON.stringify([key.name, 'page', token]),
          place: { pipeline: key.name },
          send: client =>
            client.send(
              new ListActionExecutionsCommand({
                pipelineName: key.name,
                maxResults: 100,
                ...(token !== undefined && { nextToken: token }),
              }),
            ),
        },
        ask,
      )
      return {
        items: (output.actionExecutionDetails ?? []).flatMap(detail => actionDetailOf(key, detail) ?? []),
        ...present({ next: output.nextToken }),
      }
    },
    async created(at, ask) {
      const found = new Map<string, string>()
      let token: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const nextToken = token
        const output = await door(
          at,
          {
            service: 'codepipeline',
            name: 'ListPipelines',
            same: JSON.stringify(['created', nextToken]),
            send: client =>
              client.send(
                new ListPipelinesCommand({ maxResults: 1000, ...(nextToken !== undefined && { nextToken }) }),
              ),
          },
          ask,
        )
        for (const { name, created } of output.pipelines ?? []) {
          const when = instant(created)
          if (name !== undefined && when !== undefined) found.set(name, when)
        }
        token = output.nextToken
        if (token === undefined) break
      }
      return found
    },
    async tags(key, ask) {
      const { tags = [] } = await door(
        key,
        {
          service: 'codepipeline',
          name: 'ListTagsForResource',
          same: key.name,
          place: { pipeline: key.name },
          send: client => client.send(new ListTagsForResourceCommand({ resourceArn: pipelineArn(key) })),
        },
        ask,
      )
      return Object.fromEntries(tags.flatMap(({ key: name, value }) => (name ? [[name, value ?? '']] : [])))
    },
  }
}
