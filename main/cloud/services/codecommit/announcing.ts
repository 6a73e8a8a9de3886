import type { Clock } from '../../../base/clock.ts'
import type { CloudEvent, EventBus } from '../../events.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Bare } from './bare.ts'
import type { Repository, RepositoryStore } from './store.ts'

interface Parts {
  store: RepositoryStore
  bare: Bare
  bus: EventBus
  clock: Clock
  database: CloudDatabase
}

/** A reference that is not what the cloud was last told. */
export interface Change {
  ref: string
  from: string | undefined
  to: string | undefined
}

export const repositoryArn = ({ account, region, name }: Pick<Repository, 'account' | 'region' | 'name'>) =>
  `arn:aws:codecommit:${region}:${account}:${name}`

/**
 * Tells the cloud which references changed, by comparing them with what was told before. Told first and noted after:
 * what a crash leaves between the two is told again, never lost. Answers what it told.
 */
export function createAnnouncing({ store, bare, bus, clock, database }: Parts) {
  return async (repository: Repository, callerArn: string | undefined): Promise<readonly Change[]> => {
    const [now, before] = [await bare.refs(repository), store.toldRefs(repository.id)]
    const names = [...new Set([...before.keys(), ...now.keys()])].sort()
    const changes = names
      .map(ref => ({ ref, from: before.get(ref), to: now.get(ref) }))
      .filter(({ from, to }) => from !== to)
    if (changes.length === 0) return changes
    await chooseDefaultBranch(repository, [...now.keys()])
    for (const change of changes) bus.publish(eventOf(repository, change, callerArn, clock))
    database.transaction(() => {
      for (const { ref, to } of changes) store.setTold(repository.id, ref, to)
      const current = store.find(repository.account, repository.region, repository.name)
      if (current) store.save({ ...current, modifiedAt: clock.now() })
    })
    return changes
  }

  /** The first branch that is pushed becomes the default; of several, `main`. */
  async function chooseDefaultBranch(repository: Repository, refs: readonly string[]) {
    const current = store.find(repository.account, repository.region, repository.name)
    const branches = refs.flatMap(ref => (ref.startsWith('refs/heads/') ? [ref.slice('refs/heads/'.length)] : []))
    if (!current || current.defaultBranch !== undefined) return
    const chosen = ['main', 'master'].find(name => branches.includes(name)) ?? branches[0]
    if (chosen === undefined) return
    await bare.setHead(repository, chosen)
    store.save({ ...current, defaultBranch: chosen })
  }
}

export type Announce = ReturnType<typeof createAnnouncing>

/** "CodeCommit Repository State Change", as the CodeCommit user guide's "Monitoring events" gives it. */
function eventOf(
  repository: Repository,
  { ref, from, to }: Change,
  callerArn: string | undefined,
  clock: Clock,
): CloudEvent {
  const [, kind = '', name = ref] = /^refs\/([^/]+)\/(.+)$/s.exec(ref) ?? []
  return {
    source: 'aws.codecommit',
    'detail-type': 'CodeCommit Repository State Change',
    account: repository.account,
    region: repository.region,
    time: `${new Date(clock.now()).toISOString().slice(0, 19)}Z`,
    resources: [repositoryArn(repository)],
    detail: {
      event: from === undefined ? 'referenceCreated' : to === undefined ? 'referenceDeleted' : 'referenceUpdated',
      repositoryName: repository.name,
      repositoryId: repository.id,
      referenceType: kind === 'heads' ? 'branch' : kind === 'tags' ? 'tag' : kind,
      referenceName: name,
      referenceFullName: ref,
      ...(to !== undefined && { commitId: to }),
      ...(from !== undefined && { oldCommitId: from }),
      ...(callerArn !== undefined && { callerUserArn: callerArn }),
    },
  }
}
