import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Ask, At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { mostBuilds } from '../aws/buildRecords.ts'
import type { ActionFact } from '../store/history.ts'
import type { Store } from '../store/store.ts'

/** CodeBuild's build ids: `project:uuid`. */
const buildId = /^[\w-]{2,}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Where an action's own service is asked: a role of another account acts there. */
export function placeOf(
  key: PipelineKey,
  { roleArn, region }: { roleArn?: string | undefined; region?: string | undefined },
): At {
  const account = /^arn:[^:]+:iam::(\d{12}):role\//.exec(roleArn ?? '')?.[1]
  return { account: account ?? key.account, region: region ?? key.region }
}

/** Asks CodeBuild for the builds of attempts that are not known yet, a hundred at a time. */
export function createReadBuilds({ aws, store }: { aws: Pick<Aws, 'builds'>; store: Pick<Store, 'history'> }) {
  /** Those that CodeBuild has forgotten are not asked for again. */
  const asked = new Set<string>()

  return async (key: PipelineKey, attempts: readonly ActionFact[], ask: Ask, onPage = () => {}): Promise<void> => {
    const ended = attempts.flatMap(attempt => {
      const { externalId: id, state } = attempt
      return id !== undefined && state !== 'running' && buildId.test(id) ? { id, at: placeOf(key, attempt) } : []
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
