import { useCallback, useEffect, useRef, useState } from 'react'
import type { EntryFilter } from '../../../../preload/contract/audit.ts'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useGrowth } from '../../../stores/coverage.ts'
import { appended, type Loaded, nothingLoaded, shownAnew } from './loaded.ts'

const perPage = 200
/** Letters are typed faster than they are searched for. ms */
const settle = 80

export interface Entries {
  /** Undefined until the first answer. */
  loaded: Loaded | undefined
  failure: FailureShape | undefined
  /** What the last search took in the store. ms */
  took: number | undefined
  /** Reads on below what is loaded. */
  more: () => void
  /** Shows what came since. */
  showNew: () => void
  again: () => void
}

interface Held {
  question: string
  loaded: Loaded | undefined
  failure: FailureShape | undefined
  took: number | undefined
}

/** The entries that fit a filter: read page by page, and kept in their places while new ones come. */
export function useEntries(filter: EntryFilter): Entries {
  const question = JSON.stringify(filter)
  const [held, setHeld] = useState<Held>()
  const [attempt, setAttempt] = useState(0)
  const rows = useGrowth()
  const mine = held?.question === question ? held : undefined
  const reading = useRef(false)

  // The head of the list, asked for at first and whenever the ledger grew.
  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      rpc.audit.search.query({ filter: JSON.parse(question) as EntryFilter, limit: perPage }).then(
        page => {
          if (!wanted) return
          setHeld(before => ({
            question,
            loaded: shownAnew(before?.question === question ? before.loaded : undefined, page),
            failure: undefined,
            took: page.took,
          }))
        },
        (thrown: unknown) => {
          if (!wanted) return
          setHeld(before => {
            const loaded = before?.question === question ? before.loaded : undefined
            return { question, loaded, failure: failureOf(thrown), took: undefined }
          })
        },
      )
    }, settle)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `rows` and `attempt` ask again, though they are not asked with
  }, [question, rows, attempt])

  const next = mine?.loaded?.next
  const more = useCallback(() => {
    if (next === undefined || reading.current) return
    reading.current = true
    rpc.audit.search
      .query({ filter: JSON.parse(question) as EntryFilter, before: next, limit: perPage })
      .then(
        page =>
          setHeld(before =>
            before?.question === question && before.loaded
              ? { ...before, loaded: appended(before.loaded, next, page), failure: undefined, took: page.took }
              : before,
          ),
        (thrown: unknown) =>
          setHeld(before => (before?.question === question ? { ...before, failure: failureOf(thrown) } : before)),
      )
      .finally(() => {
        reading.current = false
      })
      // Both outcomes are taken above.
      .catch(() => {})
  }, [question, next])

  return {
    // Until the next search is answered the one before stays in sight.
    loaded: mine ? mine.loaded : held?.loaded && { ...held.loaded, next: undefined, fresh: 0, head: undefined },
    failure: mine?.failure,
    took: mine?.took,
    more,
    showNew: () =>
      setHeld(before =>
        before?.loaded?.head ? { ...before, loaded: shownAnew(nothingLoaded, before.loaded.head) } : before,
      ),
    again: () => setAttempt(attempt + 1),
  }
}
