import { z } from 'zod'
import type { CloudEvent } from '../../events.ts'
import type { ActionPlan } from '../../execution/model.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import type { Repositories } from '../codecommit/repositories.ts'
import type { ConnectedRepository, LeadsTo } from '../connections/leadsTo.ts'
import type { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import { type GitHappening, triggers } from './triggers/gitTriggers.ts'
import { writeTriggerDetail } from './triggers/triggerDetail.ts'

/** A reference of a repository that moved, as CodeCommit tells of it. */
const moved = z.object({
  event: z.enum(['referenceCreated', 'referenceUpdated', 'referenceDeleted']),
  repositoryName: z.string(),
  referenceFullName: z.string(),
  commitId: z.string().optional(),
  oldCommitId: z.string().optional(),
})
type Moved = z.infer<typeof moved>

interface Follower {
  pipeline: PipelineRef
  action: ActionPlan
}

export interface ConnectionTriggersOptions {
  definitions: Definitions
  engine: Engine
  connections: LeadsTo
  repositories: Repositories
  onError: (error: unknown, what: string) => void
}

/** Starts pipelines whose source behind a connection was pushed to, or had a pull request, as their triggers say. */
export function createConnectionTriggers(options: ConnectionTriggersOptions) {
  const { definitions, engine, connections, repositories, onError } = options

  const start = ({ pipeline, action }: Follower, commitId: string, about: { branch?: string; tag?: string }) => {
    const { ConnectionArn: connectionArn = '', FullRepositoryId: fullName = '' } = action.configuration
    const detail = writeTriggerDetail({ connectionArn, fullName, commitId, ...about })
    engine.trigger(pipeline, {
      trigger: { type: 'WebhookV2', detail },
      overrides: [{ actionName: action.name, revisionType: 'COMMIT_ID', revisionValue: commitId }],
    })
  }
  const consider = (follower: Follower, what: GitHappening, commitId: string) => {
    const { pipeline, action } = follower
    const { declaration } = definitions.current(pipeline)
    const config = declaration.triggers?.find(
      ({ gitConfiguration }) => gitConfiguration?.sourceActionName === action.name,
    )?.gitConfiguration
    const about = what.kind === 'tag' ? { tag: what.tag } : { branch: what.branch }
    if (config?.push !== undefined || config?.pullRequest !== undefined) {
      if (triggers(config, what)) start(follower, commitId, about)
      return
    }
    // Without filters it is any push to its branch, unless it waits to be told.
    const detects = action.configuration['DetectChanges']?.toLowerCase() !== 'false'
    if (detects && what.kind === 'branch' && what.branch === action.configuration['BranchName'])
      start(follower, commitId, about)
  }

  return {
    /** Whether a source action follows a connection. */
    follows: ({ type }: ActionPlan) => type.owner === 'AWS' && type.provider === 'CodeStarSourceConnection',
    /** Judges an event for those who follow connections. The order of a repository's events is kept by the caller. */
    async hear(event: CloudEvent, followers: readonly Follower[]): Promise<void> {
      if (event.source !== 'aws.codecommit' || event['detail-type'] !== 'CodeCommit Repository State Change') return
      const { data } = moved.safeParse(event.detail)
      if (!data) return
      const concerned = followers.flatMap(follower => {
        const { ConnectionArn: arn = '', FullRepositoryId: fullName = '' } = follower.action.configuration
        const found = connections.find(arn, fullName)
        const same =
          found?.account === event.account && found.region === event.region && found.repository === data.repositoryName
        return same ? [{ follower, found }] : []
      })
      const [first] = concerned
      if (!first) return
      const what = await happeningOf(repositories, first.found, data)
      if (!what) return
      for (const { follower } of concerned) {
        try {
          consider(follower, what.happening, what.commitId)
        } catch (error) {
          onError(error, `start of pipeline ${follower.pipeline.name} by its source ${follower.action.name}`)
        }
      }
    },
  }
}

/** What a moved reference means: a push to a branch, a tag, or a pull request (`refs/pull/<number>/<into>`). */
async function happeningOf(
  repositories: Repositories,
  { as, region, repository }: ConnectedRepository,
  { event, referenceFullName: ref, commitId, oldCommitId }: Moved,
): Promise<{ happening: GitHappening; commitId: string } | undefined> {
  const [, kind, name = ''] = /^refs\/(heads|tags|pull\/\d+)\/(.+)$/s.exec(ref) ?? []
  const files = (from: string | undefined, to: string, sinceFork?: true) =>
    repositories.changedFiles(as, region, repository, { from, to, ...(sinceFork && { sinceFork }) })
  if (kind?.startsWith('pull/')) {
    const head = commitId ?? oldCommitId
    if (head === undefined) return undefined
    const into = (await repositories.branchHead(as, region, repository, name)).id
    const happened = ({ referenceCreated: 'OPEN', referenceUpdated: 'UPDATED', referenceDeleted: 'CLOSED' } as const)[
      event
    ]
    const changed = await files(into, head, true)
    return { happening: { kind: 'pullRequest', event: happened, branch: name, files: changed }, commitId: head }
  }
  // A branch or a tag that is gone starts nothing.
  if (commitId === undefined || event === 'referenceDeleted') return undefined
  if (kind === 'tags') return { happening: { kind: 'tag', tag: name }, commitId }
  if (kind !== 'heads') return undefined
  const changed = oldCommitId === undefined ? 'new' : await files(oldCommitId, commitId)
  return { happening: { kind: 'branch', branch: name, files: changed }, commitId }
}
