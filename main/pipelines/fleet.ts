import type { FailureShape } from '../../preload/contract/base.ts'
import type { FleetProblem, FleetUpdate, PipelineKey, PipelineRow } from '../../preload/contract/pipelines.ts'
import type { At } from '../aws/ask.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import { pause } from '../base/pause.ts'
import type { FleetStore } from '../store/fleet.ts'
import { isSameButOlder, rowChanges, rowDiffers } from './changes.ts'
import type { Keep } from './keeper.ts'
import { keyId } from './key.ts'

/** Every row that the desk knows, with those who watch them. */
export interface Fleet {
  rows(): ReadonlyMap<string, PipelineRow>
  put(row: PipelineRow): void
  /** AWS told the same of what rests again: only its age is written and told, now and then. False for an unknown row. */
  seen(known: { key: PipelineKey; asOf: string }): boolean
  remove(key: PipelineKey): void
  /** Whether the account and region is asked. Where it is not, its rows' ages show: they are told as they are. */
  setAsked(at: At, asked: boolean): void
  /** Why an account and region can't be asked, or that it can. */
  setProblem(at: At, failure: FailureShape | undefined): void
  /** Whether something was never listed yet. */
  setLoading(loading: boolean): void
  watch(signal: AbortSignal | undefined): AsyncGenerator<FleetUpdate, void, void>
}

/** Rows that change within this are told together. ms */
const together = 50
/** How old the kept age of an unchanged row may get: it is only read at the next start. ms */
const keptAge = 600_000
/** What rests is told of so often, were it only to say that it does. ms */
const toldAge = 10_000

const placeId = ({ account, region }: At) => `${account}/${region}`

/** Starts with the rows of the last time. `keep` writes to the store and lives with a full disk. */
export function createFleet(store: FleetStore, clock: Clock, keep: Keep): Fleet {
  const rows = new Map<string, PipelineRow>(store.rows().map(row => [keyId(row.key), row]))
  const stored = new Map(rows)
  /** The rows as readers are to know them: the very same object for as long as only an age moved that does not show. */
  const said = new Map(rows)
  const problems = new Map<string, FleetProblem>()
  const unasked = new Set<string>()
  const bell = createBell()
  let loading = true
  let rungAt = 0

  const ring = () => {
    rungAt = clock.now()
    bell.ring()
  }
  const take = (row: PipelineRow, differs: (kept: PipelineRow) => boolean) => {
    const id = keyId(row.key)
    rows.set(id, row)
    const kept = stored.get(id)
    if (kept && !differs(kept)) return
    keep(() => store.putRow(row), `row ${id}`)
    stored.set(id, row)
  }
  /** The row shares all else with the one before, so that no reader compares it. */
  const age = (row: PipelineRow, asOf: string) => {
    take({ ...row, asOf }, kept => Date.parse(asOf) - Date.parse(kept.asOf) >= keptAge)
    if (clock.now() - rungAt >= toldAge) ring()
  }
  const told = () => ({
    problems: [...problems.values()],
    loading,
    asOf: new Date(clock.now()).toISOString(),
  })
  return {
    rows: () => rows,
    put(row) {
      const held = rows.get(keyId(row.key))
      if (held && isSameButOlder(held, row)) return age(held, row.asOf)
      take(row, kept => rowDiffers(kept, row, keptAge))
      said.set(keyId(row.key), row)
      ring()
    },
    seen({ key, asOf }) {
      const row = rows.get(keyId(key))
      if (row) age(row, asOf)
      return row !== undefined
    },
    remove(key) {
      if (!rows.delete(keyId(key))) return
      stored.delete(keyId(key))
      said.delete(keyId(key))
      keep(() => store.remove(key), `row ${keyId(key)}`)
      bell.ring()
    },
    setAsked(at, asked) {
      if (asked) unasked.delete(placeId(at))
      else if (!unasked.has(placeId(at))) {
        unasked.add(placeId(at))
        for (const [id, row] of rows) if (placeId(row.key) === placeId(at)) said.set(id, row)
        bell.ring()
      }
    },
    setProblem(at, failure) {
      const id = placeId(at)
      const before = problems.get(id)?.failure
      if (before?.code === failure?.code && before?.message === failure?.message) return
      if (failure) problems.set(id, { account: at.account, region: at.region, failure })
      else problems.delete(id)
      bell.ring()
    },
    setLoading(value) {
      if (value === loading) return
      loading = value
      bell.ring()
    },
    async *watch(signal) {
      const known = new Map(said)
      let last = told()
      yield { kind: 'snapshot', rows: [...rows.values()], ...last }
      for await (const _ of bell.rings(signal)) {
        const { changed, removed } = rowChanges(known, said, key => unasked.has(placeId(key)))
        const now = told()
        const same =
          changed.length + removed.length === 0 &&
          Date.parse(now.asOf) - Date.parse(last.asOf) < toldAge / 2 &&
          now.loading === last.loading &&
          JSON.stringify(now.problems) === JSON.stringify(last.problems)
        if (same) continue
        for (const row of changed) known.set(keyId(row.key), row)
        for (const key of removed) known.delete(keyId(key))
        last = now
        yield { kind: 'patch', changed, removed, ...now }
        await pause(clock, together, signal)
      }
    },
  }
}
