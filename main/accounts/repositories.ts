import type { LocalCloud } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'

type Repository = Extract<LocalCloud, { state: 'ready' }>['repositories'][number]

/** What can be cloned. A place that can't be listed has none. */
export async function findRepositories(
  aws: Aws,
  accounts: readonly { id: string; regions: readonly string[] }[],
): Promise<Repository[]> {
  const ask = { priority: 'idle' } as const
  const found = accounts.flatMap(({ id: account, regions }) =>
    regions.map(async (region): Promise<Repository[]> => {
      try {
        const at = { account, region }
        const names = await aws.codeCommit.repositories(at, ask)
        const urls = await Promise.all(names.map(name => aws.codeCommit.cloneUrl(at, name, ask)))
        return names.flatMap((name, index) => {
          const cloneUrl = urls[index]
          return cloneUrl === undefined ? [] : [{ account, region, name, cloneUrl }]
        })
      } catch {
        return []
      }
    }),
  )
  return (await Promise.all(found)).flat()
}
