import {
  CreatePipelineCommand,
  type PipelineDeclaration,
  PutApprovalResultCommand,
  type PutApprovalResultInput,
} from '@aws-sdk/client-codepipeline'
import { ensure } from './ensure.ts'
import type { Author } from './gitWork.ts'
import type { PastTale } from './past.ts'
import { waitingToken } from './waiting.ts'
import type { Place, World } from './world.ts'

/** Does a step of a chapter that must not be done again, unless it was done before an interruption. */
export type Once = (step: string, work: () => Promise<unknown>) => Promise<void>

/** One pipeline's way into the state that it is meant to show. All of it by really executing. */
export interface Chapter {
  /** The pipeline's own name. */
  name: string
  place: Place
  region: string
  tell(world: World, once: Once): Promise<void>
  /** What the simulated past before it tells. */
  past?: PastTale
}

export const ann: Author = { name: 'Ann Keller', email: 'ann@example.com' }
export const ben: Author = { name: 'Ben Okafor', email: 'ben@example.com' }
export const chloe: Author = { name: 'Chloé Martin', email: 'chloe@example.com' }
export const dmitri: Author = { name: 'Dmitri Sokolov', email: 'dmitri@example.com' }

export async function create(world: World, place: Place, region: string, pipeline: PipelineDeclaration) {
  const client = world.clients(place, region).pipelines
  await ensure(
    client.send(
      new CreatePipelineCommand({
        pipeline,
        tags: [{ key: 'application', value: pipeline.name?.split('-').slice(0, 2).join('-') ?? '' }],
      }),
    ),
  )
  return client
}

export async function decide(
  world: World,
  place: Place,
  decision: Omit<PutApprovalResultInput, 'token'>,
  person: string,
) {
  const { pipelineName = '', stageName = '', actionName = '' } = decision
  const token = await waitingToken(
    world.clients(place, 'us-east-1').pipelines,
    pipelineName,
    stageName,
    actionName,
    world.cloud.signal,
  )
  const manager = await world.as(place, 'us-east-1', 'ReleaseManager', person)
  await manager.send(new PutApprovalResultCommand({ ...decision, token }))
}

export const ended = (status: string | undefined) =>
  status !== undefined && status !== 'InProgress' && status !== 'Stopping'
