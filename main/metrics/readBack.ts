import type { Page } from '../aws/pipelineHistory.ts'
import { Failure } from '../base/failure.ts'
import type { Known } from '../store/history.ts'

/** A list that AWS gives newest first, read back to some time. Instants are ISO 8601. */
export interface ReadBack<T> {
  /** What is known of it already. */
  known: Known | undefined
  /** So far back it shall be known. */
  from: string
  /** What began since then may have changed after it was read. */
  unsettled: string | undefined
  now: () => string
  page(token: string | undefined): Promise<Page<T>>
  /** Keeps a page together with how far the list is now known. */
  keep(items: readonly T[], known: Known | undefined): void
}

/** Items that begin while a page is on its way, or that AWS lists late. */
const overlap = 10 * 60_000
/** More pages at a time mean a server that repeats its token; the next reading goes on. */
const mostPages = 2_000

/**
 * Reads what is missing: first what is newer than was known, then what is older. Each page is kept with its mark, so
 * that a killed desk goes on where it was; while the newer part is incomplete its mark stays where it was. A list that
 * was read to its end and now has something older (the local cloud gives its samples a past) is read from its top.
 */
export async function readBack<T extends { startedAt: string }>(list: ReadBack<T>): Promise<Known> {
  const { known: before } = list
  const upToDate = before ? await readNewer(list, before) : undefined
  return readOlder(list, upToDate)
}

async function readNewer<T extends { startedAt: string }>(
  list: ReadBack<T>,
  before: Known,
): Promise<Known | undefined> {
  const to = list.now()
  const settled = new Date(Date.parse(before.to) - overlap).toISOString()
  const until = list.unsettled !== undefined && list.unsettled < settled ? list.unsettled : settled
  let token: string | undefined
  do {
    const page = await list.page(token)
    token = page.next
    if (before.whole && page.items.some(({ startedAt }) => startedAt < before.from)) return undefined
    if (token === undefined || page.items.some(({ startedAt }) => startedAt < until)) {
      const known = { ...before, to }
      list.keep(page.items, known)
      return known
    }
    list.keep(page.items, undefined)
  } while (token !== undefined)
  return before
}

async function readOlder<T extends { startedAt: string }>(list: ReadBack<T>, given: Known | undefined): Promise<Known> {
  let known = given
  for (let pages = 0; pages < mostPages; pages++) {
    if (known && (known.whole || known.from <= list.from)) return known
    const page = await pageAfter(list, known)
    // AWS forgot where the list was: from its top again.
    if (!page) {
      known = undefined
      continue
    }
    const oldest = page.items.map(({ startedAt }) => startedAt).sort()[0]
    const next: Known = {
      from: [known?.from, oldest].flatMap(at => at ?? []).sort()[0] ?? list.now(),
      to: known?.to ?? list.now(),
      whole: page.next === undefined,
      ...(page.next !== undefined && { token: page.next }),
    }
    list.keep(page.items, next)
    known = next
  }
  return known ?? { from: list.now(), to: list.now(), whole: false }
}

async function pageAfter<T>(list: ReadBack<T>, known: Known | undefined): Promise<Page<T> | undefined> {
  try {
    return await list.page(known?.token)
  } catch (thrown) {
    if (known && thrown instanceof Failure && thrown.code === 'InvalidNextTokenException') return undefined
    throw thrown
  }
}
