import { createHash } from 'node:crypto'
import type {
  ChainVerdict,
  EntryFilter,
  ExportFormat,
  ExportUpdate,
  LedgerEntry,
} from '../../../preload/contract/audit.ts'
import { assertNever } from '../../base/assertNever.ts'
import type { Clock } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { genesis } from '../ledger/chain.ts'
import { verify } from '../ledger/verify.ts'
import { csvHead, csvLine } from './csv.ts'
import { reportHtml } from './report.ts'

export interface ExportOptions {
  store: LedgerStore
  clock: Clock
  /** Prints a page that needs nothing but itself; absent where the shell can't. */
  printPdf: ((html: string) => Promise<Uint8Array>) | undefined
}

/** A report is for people; more than this is for machines. */
const longestReport = 5_000
const page = 500
/** Of a file, before it is written as base64. */
const chunkSize = 192 * 1024

const types: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json',
  html: 'text/html;charset=utf-8',
  pdf: 'application/pdf',
}

/**
 * The entries that match, as a file in chunks. JSON and the report hold the verification of every chain; JSON also holds
 * each entry's rows as they were hashed, so that others can verify them without this desk.
 */
export async function* exported(
  options: ExportOptions,
  filter: EntryFilter,
  format: ExportFormat,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportUpdate, void, void> {
  const { clock } = options
  const at = new Date(clock.now()).toISOString()
  const hash = createHash('sha256')
  const entries = { count: 0 }
  let rest = Buffer.alloc(0)
  for await (const part of partsOf(options, filter, format, at, entries, signal)) {
    if (!(part instanceof Uint8Array)) {
      yield part
      continue
    }
    hash.update(part)
    rest = Buffer.concat([rest, part])
    while (rest.length >= chunkSize) {
      yield { kind: 'chunk', base64: rest.subarray(0, chunkSize).toString('base64') }
      rest = rest.subarray(chunkSize)
    }
  }
  if (signal?.aborted) return
  if (rest.length > 0) yield { kind: 'chunk', base64: rest.toString('base64') }
  const fileName = `ledger-${at.slice(0, 19).replaceAll(':', '')}.${format}`
  yield { kind: 'end', fileName, type: types[format], entries: entries.count, sha256: hash.digest('hex') }
}

type Part = Uint8Array | Extract<ExportUpdate, { kind: 'progress' }>
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')

async function* partsOf(
  options: ExportOptions,
  filter: EntryFilter,
  format: ExportFormat,
  at: string,
  count: { count: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Part, void, void> {
  switch (format) {
    case 'csv':
      yield bytes(csvHead)
      for await (const entries of pages(options.store, filter, signal)) {
        count.count += entries.length
        yield bytes(entries.map(csvLine).join(''))
        yield { kind: 'progress', done: count.count, words: 'Writing entries' }
      }
      return
    case 'json': {
      const chains = yield* verified(options, signal)
      yield bytes(
        `{"exportedAt":${JSON.stringify(at)},"filter":${JSON.stringify(filter)},"chains":${JSON.stringify(chains)},"entries":[`,
      )
      for await (const entries of pages(options.store, filter, signal)) {
        const texts = entries.map(entry => JSON.stringify({ ...entry, rows: rowsOf(options, entry) }))
        yield bytes(`${count.count > 0 ? ',\n' : '\n'}${texts.join(',\n')}`)
        count.count += entries.length
        yield { kind: 'progress', done: count.count, words: 'Writing entries' }
      }
      yield bytes('\n]}\n')
      return
    }
    case 'html':
    case 'pdf': {
      const { printPdf } = options
      if (format === 'pdf' && !printPdf)
        throw new Failure({
          code: 'NoPrinter',
          message: 'This shell found nothing that can print a PDF.',
          next: 'Export HTML and print it from a browser, or install Chromium.',
        })
      const chains = yield* verified(options, signal)
      const found = options.store.entries.search(filter, undefined, longestReport + 1)
      const entries = found.slice(0, longestReport)
      count.count = entries.length
      const html = reportHtml({ at, filter, entries, chains, more: found.length > entries.length })
      if (format === 'html' || !printPdf) return yield bytes(html)
      yield { kind: 'progress', done: entries.length, of: entries.length, words: 'Printing' }
      return yield await printPdf(html)
    }
    default:
      return assertNever(format)
  }
}

/** The verdicts, with the progress on the way. */
async function* verified(
  { store, clock }: ExportOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Part, ChainVerdict[], void> {
  for await (const update of verify(store, clock, undefined, undefined, signal)) {
    if (update.kind === 'verdict') return update.chains
    yield { ...update, words: 'Verifying the chains' }
  }
  return []
}

const rowsOf = ({ store }: ExportOptions, entry: LedgerEntry) =>
  store.entries.evidenceOf(entry.id).flatMap(({ account, seq }) => {
    const row = store.chain.row(account, seq)
    return row
      ? [
          {
            account,
            seq,
            hash: row.hash,
            previous: store.chain.row(account, seq - 1)?.hash ?? genesis(account),
            record: row.record,
          },
        ]
      : []
  })

async function* pages(store: LedgerStore, filter: EntryFilter, signal: AbortSignal | undefined) {
  for (let before: number | undefined; ; ) {
    const entries = store.entries.search(filter, before, page)
    if (entries.length > 0) yield entries
    before = entries.at(-1)?.id
    if (entries.length < page || signal?.aborted) return
    await new Promise<void>(resolve => setImmediate(resolve))
  }
}
