import type { LedgerEntry } from '../../../preload/contract/audit.ts'

const columns: readonly [string, (entry: LedgerEntry) => string | number | undefined][] = [
  ['at', entry => entry.at],
  ['account', entry => entry.account],
  ['region', entry => entry.region],
  ['pipeline', entry => [entry.pipeline, ...entry.pipelines].filter(Boolean).join(' ')],
  ['kind', entry => entry.kind],
  ['name', entry => entry.name],
  ['who', entry => entry.who.name],
  ['whoKind', entry => entry.who.kind],
  ['how', entry => entry.who.how],
  ['arn', entry => entry.who.arn],
  ['words', entry => entry.words],
  ['comment', entry => entry.comment],
  ['stage', entry => entry.stage],
  ['action', entry => entry.action],
  ['executionId', entry => entry.executionId],
  ['version', entry => entry.version],
  ['refused', entry => entry.refused?.code],
  ['sources', entry => entry.sources.join(' ')],
]

export const csvHead = `${columns.map(([name]) => name).join(',')}\r\n`

/** One line as RFC 4180 has it. */
export const csvLine = (entry: LedgerEntry): string =>
  `${columns.map(([, value]) => cell(String(value(entry) ?? ''))).join(',')}\r\n`

/** A spreadsheet takes a cell that begins with one of these for a formula: an apostrophe keeps it text. */
const cell = (text: string) => quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
