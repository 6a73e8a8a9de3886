import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { ImportResult } from '../../../preload/contract/audit.ts'
import { messageOf } from '../../base/failure.ts'
import { issuedKey } from '../ledger/eventClaim.ts'
import { kindOf } from '../ledger/eventNames.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { TrailEvent } from '../ledger/trailEvent.ts'
import { whoOf } from '../ledger/who.ts'

const TrailFile = z.looseObject({ Records: z.array(z.unknown()) })

/** A file grows about twentyfold; what grows beyond this is no file of CloudTrail. */
const largest = 512 * 2 ** 20

export const nothingImported: ImportResult = { files: 0, events: 0, concerning: 0, added: 0, problems: [] }

/** Takes over one file as CloudTrail writes it: `{ "Records": […] }`, gzip or plain. A file that can't be read is told. */
export function importTrailFile(ledger: Ledger, name: string, bytes: Uint8Array): ImportResult {
  try {
    const { Records: records } = TrailFile.parse(JSON.parse(textOf(bytes)))
    const byAccount = new Map<string, unknown[]>()
    for (const record of records) {
      const read = TrailEvent.safeParse(record)
      const account = read.data?.recipientAccountId
      if (!read.success || account === undefined || !/^\d{12}$/.test(account)) continue
      if (kindOf(read.data.eventSource, read.data.eventName) === undefined && !beginsSession(read.data)) continue
      byAccount.set(account, [...(byAccount.get(account) ?? []), record])
    }
    const recorded = [...byAccount].flatMap(([account, events]) =>
      ledger.record(
        account,
        events.map(event => ({ source: 'file', event })),
      ),
    )
    const concerning = [...byAccount.values()].flat().filter(isShown).length
    const added = recorded.filter(({ record }) => 'event' in record && isShown(record.event)).length
    return { files: 1, events: records.length, concerning, added, problems: [] }
  } catch (thrown) {
    return { ...nothingImported, files: 1, problems: [{ file: name, why: whyNot(thrown) }] }
  }
}

function whyNot(thrown: unknown): string {
  if (thrown instanceof z.ZodError) return 'It has no Records: it is no file of CloudTrail.'
  if (thrown instanceof SyntaxError) return 'It is no JSON. CloudTrail’s files are JSON, with gzip or without.'
  return messageOf(thrown)
}

/** Whether an event is one that entries are made of. */
function isShown(event: unknown): boolean {
  const read = TrailEvent.safeParse(event)
  return read.success && kindOf(read.data.eventSource, read.data.eventName) !== undefined
}

/**
 * A person assumed a role: what is done in it later is theirs. The file is the only one to tell once LookupEvents has
 * forgotten. Services assume roles all the time, and say so in each call.
 */
const beginsSession = (event: TrailEvent): boolean =>
  event.eventSource === 'sts.amazonaws.com' &&
  event.eventName === 'AssumeRole' &&
  issuedKey(event) !== undefined &&
  whoOf(event).kind !== 'automation'

/** Gzip begins with 1f 8b (RFC 1952). */
function textOf(bytes: Uint8Array): string {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  return Buffer.from(zipped ? gunzipSync(bytes, { maxOutputLength: largest }) : bytes).toString('utf8')
}

/** At most so many problems are told; one bucket may hold thousands of other files. */
const mostProblems = 50

export const together = (a: ImportResult, b: ImportResult): ImportResult => ({
  files: a.files + b.files,
  events: a.events + b.events,
  concerning: a.concerning + b.concerning,
  added: a.added + b.added,
  problems: [...a.problems, ...b.problems].slice(0, mostProblems),
})
