import type { ActionDetail, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import { placeOfAction } from '../aws/actionPlace.ts'
import type { Ask } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { gitInstant } from '../aws/fromSdk/parts.ts'
import type { Clock } from '../base/clock.ts'
import type { Known, PastMark } from '../store/history.ts'
import type { Store } from '../store/store.ts'
import { readBack } from './readBack.ts'
import type { ReadBuilds } from './readBuilds.ts'

export interface ReadPipelineOptions {
  aws: Aws
  store: Pick<Store, 'history' | 'executions' | 'actionExecutions' | 'definitions'>
  clock: Clock
  readBuilds: ReadBuilds
}

/** What a reading of one pipeline is told, and tells. */
export interface Reading {
  key: PipelineKey
  /** So far back; ISO 8601. */
  from: string
  createdAt: string | undefined
  ask: Ask
  /** Called for each page: something more is known. */
  onPage: () => void
}

/** How often what hardly changes is asked again: tags, artifacts. ms */
const slowly = 24 * 3_600_000
/** Commits asked of CodeCommit, and versions of the definition asked for, at a time. */
const mostCommits = 100
const mostVersions = 20

/** Reads what is missing of a pipeline's past into the store, and what belongs to it. */
export function createReadPipeline({ aws, store, clock, readBuilds }: ReadPipelineOptions) {
  const askedCommits = new Set<string>()
  const now = () => new Date(clock.now()).toISOString()
  /** What is not needed for the figures may be forbidden: it stays unknown. */
  const orNothing = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined)

  return async (reading: Reading): Promise<void> => {
    const { key, ask } = reading
    const marked = (part: Partial<PastMark>) => store.history.putMark(key, { ...store.history.mark(key), ...part })
    const touched = new Set<string>()
    const places = new Set<string>()

    const keepActions = (items: readonly ActionDetail[], known: Known | undefined) => {
      store.actionExecutions.absorb(items)
      for (const item of items) {
        touched.add(item.executionId)
        // Other regions keep their artifacts in buckets of their own, which are asked there only.
        for (const { bucket, key: object } of (item.region ?? key.region) === key.region ? item.outputArtifacts : []) {
          const folder = object?.split('/')[0]
          if (bucket !== undefined && folder) places.add(`${bucket}/${folder}/`)
        }
        keepCommit(item)
      }
      if (known) marked({ actions: known })
      reading.onPage()
    }
    const keepCommit = ({ outputVariables }: ActionDetail) => {
      const { CommitId: id, CommitterDate, AuthorDate } = outputVariables
      const at = gitInstant(CommitterDate) ?? gitInstant(AuthorDate)
      if (id !== undefined && at !== undefined) store.history.putCommit(id, at)
    }
    const keepExecutions = (items: readonly ExecutionSummary[], known: Known | undefined) => {
      store.executions.put(
        key,
        items.map(item => merged(store.executions.get(key, item.id), item)),
      )
      if (known) marked({ executions: known })
      reading.onPage()
    }

    const before = store.history.mark(key)
    const unfinished = store.history.oldestUnfinished(key)
    await readBack({
      known: before.actions,
      from: reading.from,
      unsettled: unfinished,
      now,
      page: token => aws.history.actions(key, token, ask),
      keep: keepActions,
    })
    // A retry happens at the top of one list and changes an old item of the other.
    const began = [...touched].flatMap(id => store.executions.get(key, id)?.startedAt ?? [])
    await readBack({
      known: before.executions,
      from: reading.from,
      unsettled: [...began, ...(unfinished === undefined ? [] : [unfinished])].sort()[0],
      now,
      page: token => aws.history.executions(key, token, ask),
      keep: keepExecutions,
    })
    await orNothing(readBuilds(key, store.history.actions(key, reading.from, now()), ask, reading.onPage))
    await orNothing(readVersions(reading))
    await orNothing(readCommits(reading))
    if (reading.createdAt !== undefined) marked({ createdAt: reading.createdAt })
    await readSlowly(reading, places, marked)
  }

  /** Versions of the definition under which something was executed: what changed is told by comparing them. */
  async function readVersions({ key, from, ask }: Reading): Promise<void> {
    const versions = new Set(store.history.actions(key, from, now()).flatMap(({ version }) => version ?? []))
    const missing = [...versions]
      .sort((a, b) => b - a)
      .slice(0, mostVersions)
      .filter(version => !store.definitions.get(key, version))
    for (const version of missing) store.definitions.put(key, await aws.codePipeline.definition(key, version, ask))
  }

  /** CodeCommit tells when revisions were committed that no action's variables told of. */
  async function readCommits({ key, from, ask }: Reading): Promise<void> {
    const executions = store.history.executions(key, from, now()).filter(({ sample }) => !sample)
    const revisions = executions.flatMap(each => each.revisions).reverse()
    const known = store.history.commits(revisions.map(({ id }) => id))
    const definition = newestDefinition(key, from)
    const sources = (definition?.stages ?? []).flatMap(({ actions }) => actions)
    for (const { actionName, id } of revisions.slice(0, mostCommits)) {
      const source = sources.find(({ name, provider }) => name === actionName && provider === 'CodeCommit')
      const repository = source?.configuration.RepositoryName
      if (known.has(id) || askedCommits.has(id) || !source || repository === undefined) continue
      askedCommits.add(id)
      const { at } = await aws.codeCommit.commit(placeOfAction(key, source), repository, id, ask)
      if (at !== undefined) store.history.putCommit(id, at)
    }
  }

  function newestDefinition(key: PipelineKey, from: string) {
    const versions = store.history.actions(key, from, now()).flatMap(({ version }) => version ?? [])
    return versions.length === 0 ? undefined : store.definitions.get(key, Math.max(...versions))
  }

  async function readSlowly(
    { key, ask }: Reading,
    places: ReadonlySet<string>,
    marked: (part: Partial<PastMark>) => void,
  ) {
    const { stored } = store.history.mark(key)
    if (stored && clock.now() - Date.parse(stored.at) < slowly) return
    const tags = await orNothing(aws.history.tags(key, ask))
    if (tags) marked({ tags })
    const counted = await orNothing(
      Promise.all(
        [...places].map(place => {
          const slash = place.indexOf('/')
          return aws.artifacts.stored(key, place.slice(0, slash), place.slice(slash + 1), ask)
        }),
      ),
    )
    if (!counted || counted.length === 0) return
    marked({
      stored: {
        bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0),
        objects: counted.reduce((sum, { objects }) => sum + objects, 0),
        complete: counted.every(({ complete }) => complete),
        at: now(),
      },
    })
  }
}

/** Lists leave out what was asked for elsewhere: the version, and who wrote a revision. */
function merged(known: ExecutionSummary | undefined, item: ExecutionSummary): ExecutionSummary {
  const authors = new Map(known?.revisions.map(({ id, author }) => [id, author]))
  return {
    ...known,
    ...item,
    revisions: item.revisions.map(revision => {
      const author = revision.author ?? authors.get(revision.id)
      return author === undefined ? revision : { ...revision, author }
    }),
  }
}
