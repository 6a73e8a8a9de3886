import type { ChainVerdict, EntryFilter, EvidenceSource, LedgerEntry, Who } from '../../../preload/contract/audit.ts'

export interface Report {
  at: string
  filter: EntryFilter
  entries: readonly LedgerEntry[]
  /** There are more than the report holds. */
  more: boolean
  chains: readonly ChainVerdict[]
}

const sourceName: Readonly<Record<EvidenceSource, string>> = {
  cloudTrail: 'CloudTrail',
  file: 'CloudTrail file',
  push: 'EventBridge',
  codePipeline: 'CodePipeline',
  desk: 'this desk',
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const style = `
@page { size: A4 landscape; margin: 14mm }
body { font: 10pt/1.4 system-ui, sans-serif; color: #111; background: #fff; margin: 0; font-variant-numeric: tabular-nums }
@media screen { body { max-width: 1100px; margin: 0 auto; padding: 24px } }
h1 { font-size: 16pt; margin: 0 } h2 { font-size: 12pt; margin: 18pt 0 4pt }
table { border-collapse: collapse; width: 100% } th { text-align: left; border-bottom: 1.5pt solid #111 }
td { border-bottom: .5pt solid #bbb; vertical-align: top } th, td { padding: 3pt 8pt 3pt 0 } tr { break-inside: avoid }
thead { display: table-header-group } code { font: 8pt ui-monospace, monospace; overflow-wrap: anywhere }
.note { color: #555 } .fault { font-weight: 700 }`

/** A page that needs nothing but itself: no script, no other file. Every value is text, never markup. */
export function reportHtml({ at, filter, entries, more, chains }: Report): string {
  const asked = Object.entries(filter).map(
    ([name, value]) => `<li>${escaped(name)}: ${escaped(Array.isArray(value) ? value.join(', ') : String(value))}</li>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ledger report</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head><body>
<h1>Ledger report</h1>
<p class="note">CloudPipelines, ${instant(at)} UTC. ${entries.length === 1 ? '1 entry' : `${entries.length} entries, newest first`}${more ? '; there are more: narrow the question, or export CSV or JSON' : ''}. Times are UTC.</p>
<h2>Question</h2><ul>${asked.join('') || '<li>everything</li>'}</ul>
<h2>Verification</h2>
<p class="note">Each account’s rows are chained: a row’s hash is the SHA-256 of the hash before it and of its record. Keep this page: a ledger that was cut short or written anew no longer runs through these ends.</p>
<table><thead><tr><th>Account</th><th>Rows</th><th>Verdict</th><th>End of the chain</th></tr></thead><tbody>${chains.map(chainRow).join('')}</tbody></table>
<h2>Entries</h2>
<table><thead><tr><th>When (UTC)</th><th>Where</th><th>Who</th><th>What</th></tr></thead><tbody>${entries.map(entryRow).join('')}</tbody></table>
</body></html>`
}

/** To the second, UTC. */
const instant = (at: string) => escaped(at.slice(0, 19).replace('T', ' '))

/** How it is known who it was, with the doubt that there is. */
const known = (who: Who) =>
  who.kind === 'person' && !who.certain ? `${who.how}; not certain: the caller chooses this name` : who.how

const chainRow = ({ account, rows, head, fault }: ChainVerdict) =>
  `<tr><td>${escaped(account)}</td><td>${rows}</td><td${fault ? ' class="fault"' : ''}>${escaped(fault?.words ?? 'Every row is as it was recorded.')}</td><td><code>${escaped(head)}</code></td></tr>`

function entryRow({
  at,
  account,
  region,
  pipeline,
  pipelines,
  who,
  words,
  comment,
  refused,
  sources,
}: LedgerEntry): string {
  const names = [pipeline, ...pipelines].filter(name => name !== undefined).join(', ')
  const said = [
    escaped(words),
    comment === undefined ? '' : `<br>“${escaped(comment)}”`,
    refused ? `<br><b>Refused:</b> ${escaped(refused.code)}` : '',
    `<br><span class="note">${escaped(`told by ${sources.map(source => sourceName[source]).join(', ')}`)}</span>`,
  ].join('')
  return `<tr><td>${instant(at)}</td><td>${escaped(names)}<br><span class="note">${escaped(account)} ${escaped(region)}</span></td><td>${escaped(who.name)}<br><span class="note">${escaped(known(who))}</span></td><td>${said}</td></tr>`
}
