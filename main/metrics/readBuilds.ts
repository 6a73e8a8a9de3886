import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import { isBuildId, placeOfAction } from '../aws/actionPlace.ts'
import type { Ask } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { mostBuilds } from '../aws/buildRecords.ts'
import type { ActionFact } from '../store/history.ts'
import type { Store } from '../store/store.ts'

/** Asks CodeBuild for the builds of attempts that are not known yet, a hundred at a time. */
export function createReadBuilds({ aws, store }: { aws: Pick<Aws, 'builds'>; store: Pick<Store, 'history'> }) {
  /** Those that CodeBuild has forgotten are not asked for again. */
  const asked = new Set<string>()

  return async (key: PipelineKey, attempts: readonly ActionFact[], ask: Ask, onPage = () => {}): Promise<void> => {
    const ended = attempts.flatMap(attempt => {
      const { externalId: id, state } = attempt
      return id !== undefined && state !== 'running' && isBuildId(id) ? { id, at: placeOfAction(key, attempt) } : []
    })
    const known = store.history.builds(ended.map(({ id }) => id))
    const missing = ended.filter(({ id }) => known.get(id)?.endedAt === undefined && !asked.has(id))
    for (const of of Map.groupBy(missing, ({ at }) => `${at.account}/${at.region}`).values()) {
      const [first] = of
      if (!first) continue
      const ids = [...new Set(of.map(({ id }) => id))]
      for (let start = 0; start < ids.length; start += mostBuilds) {
        const some = ids.slice(start, start + mostBuilds)
        store.history.putBuilds(first.at, await aws.builds.builds(first.at, some, ask))
        for (const id of some) asked.add(id)
        onPage()
      }
    }
  }
}
export type ReadBuilds = ReturnType<typeof createReadBuilds>
