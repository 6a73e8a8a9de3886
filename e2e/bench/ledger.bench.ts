import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { canonical } from '../../main/audit/ledger/canonical.ts'
import { genesis, linked } from '../../main/audit/ledger/chain.ts'
import { claimOfEvent } from '../../main/audit/ledger/eventClaim.ts'
import { entryFrom, searchable } from '../../main/audit/ledger/happening.ts'
import { createLedger } from '../../main/audit/ledger/ledger.ts'
import { TrailEvent } from '../../main/audit/ledger/trailEvent.ts'
import { verify } from '../../main/audit/ledger/verify.ts'
import { systemClock } from '../../main/base/clock.ts'
import { openStore } from '../../main/store/store.ts'
import type { EntryFilter } from '../../preload/contract/audit.ts'
import { type Figure, percentile, report } from './results.ts'

const size = Number(process.env.LEDGER_ROWS ?? 1_000_000)
const accounts = Array.from({ length: 20 }, (_, index) => String(111_122_220_000 + index))
const regions = ['us-east-1', 'eu-west-1', 'eu-central-1']
const people = Array.from({ length: 60 }, (_, index) => `person${index}.of.team${index % 7}@example.com`)
const begin = Date.UTC(2024, 0, 1)
const step = (Date.UTC(2026, 0, 1) - begin) / size

const names = [
  'StartPipelineExecution',
  'PutApprovalResult',
  'DisableStageTransition',
  'EnableStageTransition',
] as const
const pick = <T>(list: readonly T[], index: number): T => {
  const value = list[index % list.length]
  if (value === undefined) throw new RangeError('Nothing to pick from')
  return value
}
/** Spread without a pattern, the same at each run. */
const scattered = (index: number) => (index * 2_654_435_761) % 4_294_967_296

/** The index-th event: a thousand pipelines, most of them quiet. `payments` was edited by a few, a few times. */
function event(index: number) {
  const mixed = scattered(index)
  const account = pick(accounts, mixed >>> 3)
  const rare = index % 20_000 === 0
  const pipeline = rare ? 'payments' : `service-${Math.floor(1000 * ((mixed % 1000) / 1000) ** 2)}-release`
  const name = rare ? 'DisableStageTransition' : pick(names, mixed >>> 7)
  const person = pick(people, mixed >>> 5)
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/${person}`,
      sessionContext: { sessionIssuer: { userName: 'AWSReservedSSO_Ops_0123456789abcdef' } },
    },
    eventTime: new Date(begin + index * step).toISOString(),
    eventSource: 'codepipeline.amazonaws.com',
    eventName: name,
    awsRegion: pick(regions, mixed >>> 9),
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31',
    requestParameters: {
      pipelineName: pipeline,
      stageName: 'Production',
      reason: `Change ${mixed % 5_000} of the ${pick(['network', 'gateway', 'catalogue', 'basket'], mixed)}`,
    },
    responseElements: null,
    requestID: `r-${index}`,
    eventID: `e-${index}`,
    recipientAccountId: account,
  }
}

const directory = mkdtempSync(join(tmpdir(), 'ledger-bench-'))
const file = join(directory, 'desk.db')
const store = openStore(file, 0)
const ledger = createLedger(store.ledger, systemClock, {
  concerns: () => [],
  who: () => undefined,
  more: () => undefined,
})
/** The first ones are recorded as the desk does; the others are put into the same tables without asking what they join. */
const recorded = Math.min(size, 20_000)
const batchSize = 5_000
const recording = performance.now()
for (let from = 0; from < recorded; from += batchSize) {
  const batch = Array.from({ length: Math.min(batchSize, recorded - from) }, (_, index) => event(from + index))
  store.ledger.transaction(() => {
    for (const account of accounts)
      ledger.record(
        account,
        batch.flatMap(each => (each.recipientAccountId === account ? [{ source: 'file' as const, event: each }] : [])),
      )
  })
}
const recordingTook = performance.now() - recording
for (let from = recorded; from < size; from += batchSize) {
  store.ledger.transaction(() => {
    for (let index = from; index < Math.min(from + batchSize, size); index++) put(event(index))
  })
}

function put(raw: ReturnType<typeof event>) {
  const account = raw.recipientAccountId
  const head = store.ledger.chain.head(account) ?? { seq: 0, hash: genesis(account) }
  const seq = head.seq + 1
  const record = canonical({ form: 1, account, seq, recordedAt: raw.eventTime, source: 'file', event: raw })
  const claim = claimOfEvent('file', account, TrailEvent.parse(raw))
  store.ledger.chain.append({ account, seq, hash: linked(head.hash, record), record }, claim.ownId)
  const entry = entryFrom(store.ledger.entries.nextId(claim.at), [claim], [])
  store.ledger.entries.attach(account, seq, entry.id, undefined)
  store.ledger.entries.put(entry, { words: searchable(entry), requestId: claim.requestId })
}

/** Plain LIKE over the same rows, as one would write it without an index. */
const plain = new DatabaseSync(file)
const like = (pattern: string) =>
  plain.prepare('SELECT json FROM ledger_entries WHERE json LIKE ? ORDER BY id DESC LIMIT 50').all(`%${pattern}%`)

const questions: { what: string; filter: EntryFilter; pattern: string }[] = [
  { what: 'the newest page', filter: {}, pattern: '' },
  {
    what: 'who did what to payments in a month',
    filter: { pipelines: ['payments'], from: '2025-03-01T00:00:00.000Z', to: '2025-04-01T00:00:00.000Z' },
    pattern: '"pipeline":"payments"',
  },
  { what: 'a word that many have', filter: { text: 'gateway' }, pattern: 'gateway' },
  { what: 'words that few have together', filter: { text: 'network 4711 person3' }, pattern: 'Change 4711 of the' },
  { what: 'the beginning of a word', filter: { text: 'appr' }, pattern: 'appr' },
  { what: 'a word that nobody has', filter: { text: 'zebra' }, pattern: 'zebra' },
  {
    what: 'approvals of one person in one account',
    filter: { accounts: ['111122220003'], people: [pick(people, 3)], kinds: ['approval'] },
    pattern: '"name":"PutApprovalResult","pipeline":"service-1-release"',
  },
]
const timed = (work: () => unknown, times: number) =>
  percentile(
    Array.from({ length: times }, () => {
      const began = performance.now()
      work()
      return performance.now() - began
    }),
    0.95,
  )
const figures: Figure[] = questions.map(({ what, filter, pattern }) => {
  const ours = timed(() => store.ledger.entries.search(filter, undefined, 50), 20)
  const theirs = timed(() => like(pattern), 2)
  return {
    what: `${what}, 50 of ${size.toLocaleString('en')} rows, p95`,
    measured: `${ours.toFixed(1)} ms`,
    beside: `${theirs.toFixed(1)} ms (LIKE)`,
    ratio: (ours / theirs).toFixed(3),
  }
})
const deep = timed(() => store.ledger.entries.search({ text: 'gateway' }, 1_740_000_000 * 2 ** 20, 50), 20)
const counted = timed(() => store.ledger.entries.count({ text: 'gateway' }, 10_001), 10)
figures.push(
  {
    what: 'a page from the middle, p95',
    measured: `${deep.toFixed(1)} ms`,
    beside: '100 ms (the goal)',
    ratio: (deep / 100).toFixed(3),
  },
  {
    what: 'counting to 10,000, p95',
    measured: `${counted.toFixed(1)} ms`,
    beside: '100 ms (the goal)',
    ratio: (counted / 100).toFixed(3),
  },
)
/** µs */
const perRow = (recordingTook * 1000) / recorded
const verifying = performance.now()
let faults = 0
for await (const update of verify(store.ledger, systemClock, undefined, undefined, undefined))
  if (update.kind === 'verdict') faults = update.chains.filter(({ fault }) => fault).length
const verified = performance.now() - verifying
if (faults > 0) throw new Error('The ledger of the bench does not verify')
figures.push(
  {
    what: 'recording a row: hash, chain, entry, index',
    measured: `${perRow.toFixed(0)} µs`,
    beside: '10,000 µs (LookupEvents at 100 events/s)',
    ratio: (perRow / 10_000).toFixed(4),
  },
  {
    what: 'verifying a row',
    measured: `${((verified * 1000) / size).toFixed(0)} µs`,
    beside: `${perRow.toFixed(0)} µs (recording it)`,
    ratio: ((verified * 1000) / size / perRow).toFixed(2),
  },
)
report('ledger', figures)
plain.close()
store.close()
rmSync(directory, { recursive: true })
