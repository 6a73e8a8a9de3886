import { type Anchor, type ChainVerdict, LedgerEntry, type VerifyUpdate } from '../../../preload/contract/audit.ts'
import type { Clock } from '../../base/clock.ts'
import type { CheckedRow } from '../../store/ledger/chain.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { type ChainFault, createChainCheck } from './chain.ts'
import { claimOf } from './claim.ts'
import { isTrail, tolerance } from './happening.ts'
import { ChainRecord } from './record.ts'
import { isOpen } from './who.ts'

const batch = 1_000

/**
 * Follows every chain from its first row to its kept end, and holds what is shown against what was recorded. `anchor`
 * is a head that was kept outside this computer: nobody who can write the database can make it fit.
 */
export async function* verify(
  store: LedgerStore,
  clock: Clock,
  account: string | undefined,
  anchor: Anchor | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<VerifyUpdate, void, void> {
  const kept = new Set(account === undefined ? store.chain.accounts() : [account])
  const invented = await inventedEntries(store, signal)
  // Of a chain that went as a whole only an anchor tells, or what is still shown of it.
  if (account === undefined)
    for (const each of [...invented.keys(), ...(anchor ? [anchor.account] : [])]) kept.add(each)
  const accounts = [...kept].sort()
  const of = store.chain.heads().reduce((sum, head) => (accounts.includes(head.account) ? sum + head.seq : sum), 0)
  const chains: ChainVerdict[] = []
  let done = 0
  for (const each of accounts) {
    const check = createChainCheck(each, anchor?.account === each ? anchor : undefined)
    let shown: Shown | undefined
    for (let from = 1; ; ) {
      const rows = store.chain.checked(each, from, batch)
      const last = rows.at(-1)
      if (!last || signal?.aborted) break
      check.take(rows)
      shown ??= firstWrongly(rows)
      from = last.seq + 1
      done += rows.length
      yield { kind: 'progress', done, of: Math.max(of, done) }
      // Others get their turn: a million rows take seconds.
      await new Promise<void>(resolve => setImmediate(resolve))
    }
    if (signal?.aborted) return
    check.end(store.chain.head(each))
    const fault = check.fault() ?? shown ?? notRecorded(store, invented.get(each))
    chains.push({ account: each, rows: check.rows(), head: check.hash(), ...(fault && { fault }) })
  }
  yield { kind: 'verdict', at: new Date(clock.now()).toISOString(), chains }
}

/** The first entry of each account that no row tells of: somebody put it where people look. */
async function inventedEntries(store: LedgerStore, signal: AbortSignal | undefined): Promise<Map<string, number>> {
  const first = new Map<string, number>()
  for (let after = 0; ; ) {
    const entries = store.chain.founded(after, batch)
    for (const { id, account, founded } of entries) if (!founded && !first.has(account)) first.set(account, id)
    after = entries.at(-1)?.id ?? after
    if (entries.length < batch || signal?.aborted) return first
    await new Promise<void>(resolve => setImmediate(resolve))
  }
}

function notRecorded(store: LedgerStore, id: number | undefined): ChainVerdict['fault'] {
  if (id === undefined) return undefined
  const told = store.entries.get(id)
  const what = told ? `“${told.words}” of ${told.at}` : 'An entry'
  return { kind: 'notRecorded', seq: 0, words: `${what} is shown, but no row of the chain tells of it.` }
}

type Shown = Omit<ChainFault, 'kind'> & { kind: 'notIndexed' | 'altered' }

/** The first row that the search can't find, or finds as something else than was recorded. */
function firstWrongly(rows: readonly CheckedRow[]): Shown | undefined {
  for (const { seq, record, entry, pending } of rows) {
    if (pending) continue
    if (entry === undefined)
      return { kind: 'notIndexed', seq, words: `Row ${seq} is in the chain, but no search finds it.` }
    if (!tells(entry, record))
      return { kind: 'altered', seq, words: `What is shown of row ${seq} is not what was recorded.` }
  }
  return undefined
}

function tells(entryText: string, recordText: string): boolean {
  const [entry, record] = [LedgerEntry.safeParse(read(entryText)), ChainRecord.safeParse(read(recordText))]
  // A record that can't be read is told by its hash.
  if (!record.success) return true
  if (!entry.success) return false
  const [shown, claim] = [entry.data, claimOf(record.data)]
  const apart = Math.abs(Date.parse(shown.at) - Date.parse(claim.at))
  const alone = shown.sources.length === 1
  return (
    shown.account === claim.account &&
    shown.region === claim.region &&
    shown.name === claim.name &&
    shown.pipeline === claim.pipelines[0] &&
    shown.sources.includes(claim.source) &&
    (['stage', 'action', 'executionId'] as const).every(
      name => claim[name] === undefined || shown[name] === claim[name],
    ) &&
    (!isTrail(claim.source) ||
      ((claim.comment === undefined || shown.comment === claim.comment) &&
        // Who is behind an open one may be learned from others.
        (isOpen(claim.who) || shown.who.name === claim.who.name))) &&
    shown.words.startsWith(alone ? claim.words : '') &&
    (alone
      ? apart === 0 && shown.refused?.code === claim.refused?.code && shown.who.arn === (claim.who.arn ?? shown.who.arn)
      : apart <= tolerance * 1000 || claim.name === 'StopPipelineExecution')
  )
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
