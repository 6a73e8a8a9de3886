import type { Evidence, LedgerEntry } from '../../../../preload/contract/audit.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { formatInstant } from '../../../format/instant.ts'
import { formatNumber } from '../../../format/number.ts'
import { useHasConsole } from '../../../stores/accounts.ts'
import { useZone } from '../../../stores/settings.ts'
import audit from '../audit.module.css'
import { sourceWord } from '../words.ts'
import { eventLink } from './consoleLinks.ts'
import css from './pane.module.css'

/** The chain's rows that tell of an entry: where each came from, its place in the chain, and its record as it is hashed. */
export function EvidenceList({
  evidence,
  entry: { account, region },
}: {
  evidence: readonly Evidence[]
  entry: Pick<LedgerEntry, 'account' | 'region'>
}) {
  const zone = useZone()
  const hasConsole = useHasConsole(account)
  if (evidence.length === 0) return <p className="dim">No row of the chain tells of it.</p>
  return (
    <ol className={css.evidence}>
      {evidence.map(row => (
        <li key={row.seq}>
          <p>
            <b>{sourceWord[row.source]}</b>, row {formatNumber(row.seq)} of its account’s chain, recorded{' '}
            <time dateTime={row.recordedAt}>{formatInstant(row.recordedAt, zone)}</time>
          </p>
          <dl className={css.hashes}>
            <Hash name="hash" value={row.hash} />
            <Hash name="previous" value={row.previous} />
          </dl>
          {hasConsole && row.eventId !== undefined && (
            <a href={eventLink(region, row.eventId)} target="_blank" rel="noreferrer">
              The event in CloudTrail’s history
            </a>
          )}
          <details>
            <summary>Record</summary>
            <div className={css.raw}>
              <CopyButton text={row.raw} what="the record" label="Copy" />
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
              <pre className={audit.code} tabIndex={0} aria-label={`Record of row ${row.seq}`}>
                {row.raw}
              </pre>
            </div>
          </details>
        </li>
      ))}
    </ol>
  )
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code data-tip={value}>{value.slice(0, 16)}…</code>
        <CopyButton text={value} what={`the ${name}`} />
      </dd>
    </div>
  )
}
