import { z } from 'zod'
import type { CloudEvent } from '../../events.ts'
import type { ActionPlan } from '../../execution/model.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Commit, Repositories } from '../codecommit/repositories.ts'
import type { ConnectedRepository, LeadsTo } from '../connections/leadsTo.ts'
import { createConnectionInbox, type Moved, type Waiting } from './connectionInbox.ts'
import type { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import { type GitHappening, triggers } from './triggers/gitTriggers.ts'
import { writeTriggerDetail } from './triggers/triggerDetail.ts'

const moved = z.object({
  event: z.enum(['referenceCreated', 'referenceUpdated', 'referenceDeleted']),
  repositoryId: z.string(),
  repositoryName: z.string(),
  referenceFullName: z.string(),
  commitId: z.string().optional(),
  oldCommitId: z.string().optional(),
})

export interface Follower {
  pipeline: PipelineRef
  action: ActionPlan
}

export interface ConnectionTriggersOptions {
  database: CloudDatabase
  definitions: Definitions
  engine: Engine
  connections: LeadsTo
  repositories: Repositories
  onError: (error: unknown, what: string) => void
}

/** Starts pipelines whose source behind a connection was pushed to, or had a pull request, as their triggers say. */
export function createConnectionTriggers(options: ConnectionTriggersOptions) {
  const { definitions, engine, connections, repositories, onError } = options
  const inbox = createConnectionInbox(options.database)

  const leadsTo = ({ configuration: { ConnectionArn: arn = '', FullRepositoryId: fullName = '' } }: ActionPlan) =>
    connections.find(arn, fullName)
  const start = (
    { pipeline, action }: Follower,
    provider: string,
    { id: commitId, message, author }: Commit,
    about: { branch?: string; tag?: string },
    alongside: () => void,
  ) => {
    const { ConnectionArn: connectionArn = '', FullRepositoryId: repository = '' } = action.configuration
    const detail = writeTriggerDetail({ connectionArn, fullName: repository, commitId, ...about })
    const push = { connectionArn, repository, provider, commitId, message, author, ...about }
    engine.trigger(pipeline, {
      trigger: { type: 'WebhookV2', detail, push },
      overrides: [{ actionName: action.name, revisionType: 'COMMIT_ID', revisionValue: commitId }],
      alongside,
    })
  }
  const isStarted = ({ pipeline, action }: Follower, what: GitHappening): boolean => {
    const { declaration } = definitions.current(pipeline)
    const config = declaration.triggers?.find(
      ({ gitConfiguration }) => gitConfiguration?.sourceActionName === action.name,
    )?.gitConfiguration
    if (config?.push !== undefined || config?.pullRequest !== undefined) return triggers(config, what)
    // Without filters it is any push to its branch, unless it waits to be told.
    const detects = action.configuration['DetectChanges']?.toLowerCase() !== 'false'
    return detects && what.kind === 'branch' && what.branch === action.configuration['BranchName']
  }
  /** Together with what it starts, what was judged leaves the inbox. */
  const judge = async ({ number, moved }: Waiting, follower: Follower | undefined): Promise<void> => {
    const found = follower && leadsTo(follower.action)
    const what = found?.repository === moved.repositoryName && (await happeningOf(repositories, found, moved))
    if (!follower || !what || !definitions.byId(follower.pipeline.id) || !isStarted(follower, what.happening)) {
      inbox.judged(number)
      return
    }
    const { happening, commitId } = what
    const about = happening.kind === 'tag' ? { tag: happening.tag } : { branch: happening.branch }
    const commit = await repositories.commit(found.as, found.region, found.repository, commitId)
    start(follower, found.provider, { ...commit, id: commitId }, about, () => inbox.judged(number))
  }

  return {
    /** Whether a source action follows a connection. */
    follows: ({ type }: ActionPlan) => type.owner === 'AWS' && type.provider === 'CodeStarSourceConnection',
    /** Keeps what an event means for those who follow connections; whether there is anything to judge. */
    hear(event: CloudEvent, followers: readonly Follower[]): boolean {
      if (event.source !== 'aws.codecommit' || event['detail-type'] !== 'CodeCommit Repository State Change')
        return false
      const { data } = moved.safeParse(event.detail)
      if (!data) return false
      const news = followers.map(({ pipeline, action }) => {
        const found = leadsTo(action)
        const same =
          found?.account === event.account && found.region === event.region && found.repository === data.repositoryName
        return same && inbox.keep(pipeline, action.name, data)
      })
      return news.includes(true)
    },
    /** Judges what was heard, in its order, for those who follow still. One call at a time. */
    async judgeHeard(following: (pipeline: number, action: string) => Follower | undefined): Promise<void> {
      for (const waiting of inbox.waiting()) {
        try {
          await judge(waiting, following(waiting.pipeline, waiting.action))
        } catch (error) {
          inbox.judged(waiting.number)
          // A pull request into a branch that is not there, or a repository deleted since, starts nothing.
          if (!(error instanceof AwsError))
            onError(error, `judging a push for the source ${waiting.action} of pipeline ${waiting.pipeline}`)
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
