import type { Call } from '../../server/operation.ts'
import type { BuildStore } from './buildStore.ts'
import { pageStart } from './refusals.ts'

const perPage = 100

/** A page of build ids, newest first unless asked otherwise. */
export function buildPage(
  builds: BuildStore,
  call: Call,
  input: { sortOrder?: string | undefined; nextToken?: string | undefined },
  project: string | undefined,
): { ids: string[]; nextToken?: string } {
  const rows = builds.list(call.account, call.region, {
    project,
    ascending: input.sortOrder === 'ASCENDING',
    after: pageStart(input.nextToken),
    limit: perPage + 1,
  })
  const page = rows.slice(0, perPage)
  const last = page.at(-1)
  return {
    ids: page.map(row => row.id),
    ...(rows.length > perPage && last ? { nextToken: String(last.sequence) } : {}),
  }
}
