import type { Clock } from '../../../base/clock.ts'
import type { CloudEvent, EventBus } from '../../events.ts'
import type { ActionPlan } from '../../execution/model.ts'
import type { Runner } from '../../execution/runner.ts'
import { codePipelinePrincipal } from '../../providers/artifacts.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Repositories } from '../codecommit/repositories.ts'
import type { LeadsTo } from '../connections/leadsTo.ts'
import type { Identities } from '../iam/identities.ts'
import type { Objects } from '../s3/objects.ts'
import { createConnectionTriggers, type Follower } from './connectionTriggers.ts'
import type { Definitions } from './definitions.ts'
import type { Engine } from './engine.ts'
import { pollingDisabledAt } from './idlePolling.ts'
import type { SeenRevisions } from './seenRevisions.ts'
import { changeOf, type Source, sourceOf } from './sources.ts'

export interface ChangeDetectionOptions {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  definitions: Definitions
  engine: Engine
  runner: Runner
  seen: SeenRevisions
  identities: Identities
  repositories: Repositories
  connections: LeadsTo
  objects: Objects
  onError: (error: unknown, what: string) => void
}

interface Watched {
  pipeline: PipelineRef
  action: ActionPlan
  source: Source
}

/**
 * Starts pipelines whose source moved (`PollForSourceChanges`, which is on where it is missing). AWS asks every minute
 * or so; here the services tell, so that it takes no time, and `start` asks once for what moved while the cloud was down.
 */
export function createChangeDetection(options: ChangeDetectionOptions) {
  const { bus, definitions, engine, runner, seen, onError } = options
  /** Who listens to a source, by its key. */
  const watched = new Map<string, Watched[]>()
  /** Who follows a connection, by pipeline. What they heard is judged one after the other. */
  const connected = new Map<number, Follower[]>()
  const connectionTriggers = createConnectionTriggers(options)
  let judging: Promise<void> = Promise.resolve()

  const forget = ({ id }: PipelineRef) => {
    connected.delete(id)
    for (const [key, entries] of watched) {
      const left = entries.filter(({ pipeline }) => pipeline.id !== id)
      if (left.length === 0) watched.delete(key)
      else if (left.length < entries.length) watched.set(key, left)
    }
  }
  const watch = (pipeline: PipelineRef) => {
    forget(pipeline)
    const state = runner.state(pipeline)
    const actions = state.plans[state.version]?.stages[0]?.actions ?? []
    const following = actions.filter(connectionTriggers.follows)
    if (following.length > 0)
      connected.set(
        pipeline.id,
        following.map(action => ({ pipeline, action })),
      )
    for (const action of actions) {
      const source = sourceOf(pipeline, action)
      if (source) watched.set(source.key, [...(watched.get(source.key) ?? []), { pipeline, action, source }])
    }
  }

  const moved = ({ pipeline, action }: Watched, revision: string) => {
    if (seen.last(pipeline, action.name) === revision || pollingDisabledAt(options, pipeline) !== undefined) return
    try {
      // UNCONFIRMED: what the detail of this trigger says.
      const trigger = { type: 'PollForSourceChanges', detail: action.name } as const
      engine.trigger(pipeline, { trigger, alongside: () => seen.keep(pipeline, action.name, revision) })
    } catch (error) {
      onError(error, `start of pipeline ${pipeline.name} by its source ${action.name}`)
    }
  }
  const hear = (event: CloudEvent) => {
    const change = changeOf(event)
    if (change) for (const entry of watched.get(change.key) ?? []) moved(entry, change.revision)
    if (connectionTriggers.hear(event, [...connected.values()].flat())) judgeHeard()
  }
  const judgeHeard = () => {
    const following = (pipeline: number, action: string) =>
      connected.get(pipeline)?.find(follower => follower.action.name === action)
    judging = judging
      .then(() => connectionTriggers.judgeHeard(following))
      .catch((error: unknown) => onError(error, 'judging pushes'))
  }

  /** The source's latest revision, if there is one that the pipeline may see. */
  const latest = async ({ pipeline, action, source }: Watched): Promise<string | undefined> => {
    const { identities, repositories, objects } = options
    const state = runner.state(pipeline)
    const role = state.plans[state.version]?.roleArn ?? ''
    try {
      const service = identities.assume(role, { service: codePipelinePrincipal }, 'poll')
      const as = action.roleArn === undefined ? service : identities.assume(action.roleArn, service, 'poll')
      return source.kind === 'branch'
        ? (await repositories.branchHead(as, source.region, source.repository, source.branch)).id
        : objects.head(as, source.bucket, source.object).versionId
    } catch (error) {
      // A source that is not there (yet), or not for this role, starts nothing; its action says why when it is started.
      if (!(error instanceof AwsError)) onError(error, `look at source ${action.name} of pipeline ${pipeline.name}`)
      return undefined
    }
  }
  const catchUp = async (signal: AbortSignal) => {
    for (const entry of [...watched.values()].flat()) {
      const revision = await latest(entry)
      if (signal.aborted) return
      const { pipeline, action } = entry
      if (revision === undefined || known(pipeline, action.name, revision)) continue
      moved(entry, revision)
    }
  }
  /** Whether a late execution has worked with a revision, or is about to take the latest by itself. */
  const known = (pipeline: PipelineRef, action: string, revision: string) => {
    const source = runner.state(pipeline).plans[runner.state(pipeline).version]?.stages[0]?.name
    return runner.history.executions(pipeline.id, 20).rows.some(({ execution }) => {
      const now = runner.state(pipeline).executions[execution.id]?.position
      const ahead = now !== undefined && now.at !== 'ended' && now.stage === source
      return ahead || execution.revisions.some(made => made.actionName === action && made.revisionId === revision)
    })
  }

  return {
    start(): { stop(): Promise<void> } {
      for (const { pipeline } of definitions.all()) watch(pipeline)
      const closing = new AbortController()
      // What a former process heard and did not come to judge.
      judgeHeard()
      const unsubscribe = bus.subscribe(hear)
      engine.onDefinition(pipeline => (definitions.byId(pipeline.id) ? watch(pipeline) : forget(pipeline)))
      const catching = catchUp(closing.signal).catch((error: unknown) => onError(error, 'catching up with sources'))
      return {
        async stop() {
          unsubscribe()
          closing.abort()
          await catching
          await judging
        },
      }
    },
  }
}
