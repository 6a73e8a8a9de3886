import type { Gap, RegionCoverage } from '../../../../preload/contract/audit.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { Button } from '../../../components/Button.tsx'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { type Column, DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { Section } from '../../../components/Page.tsx'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { count } from '../../../format/ids.ts'
import { formatInstant } from '../../../format/instant.ts'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useCoverage } from '../../../stores/coverage.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import { useZone } from '../../../stores/settings.ts'
import { announce } from '../../../stores/status.ts'
import audit from '../audit.module.css'
import { anchorText } from '../ledger/anchor.ts'
import { coverageWord, gapWord } from '../words.ts'
import css from './coverage.module.css'
import { Reach } from './Reach.tsx'

/** How far the ledger reaches in each account and region, and what it does not hold. */
export function CoveragePage() {
  const { coverage, failure } = useCoverage()
  return (
    <div className={audit.reading}>
      <p className={audit.lead}>
        CloudTrail’s event history is read at two requests a second in each account and region, and keeps 90 days; what
        was read stays in the ledger. Older files can be imported on the ledger’s page.
      </p>
      {failure && <FailureNotice failure={failure} />}
      {!coverage && !failure && <output className={audit.loading}>Reading how far the ledger is…</output>}
      {coverage?.regions.length === 0 && (
        <EmptyState title="There is nothing to read yet.">
          <a href={hashOf({ screen: 'accounts' })}>Add an account</a>
        </EmptyState>
      )}
      {coverage && coverage.regions.length > 0 && (
        <>
          <div className={audit.toolbar}>
            <Button onClick={() => void readOn()}>Read on now</Button>
            <span className="dim">{count(coverage.rows, 'row')} in all chains</span>
          </div>
          <DataTable
            caption="How far each account and region is read"
            columns={columnsWith(coverage.gaps)}
            rows={coverage.regions}
            idOf={({ account, region }) => `${account} ${region}`}
          />
          <Section title="Gaps">
            <Gaps gaps={coverage.gaps} />
          </Section>
          <Section title="Where the chains end">
            <p className={audit.basis}>Keep an anchor elsewhere: a ledger cut short, or written anew, then shows.</p>
            <ul className={css.heads}>
              {coverage.heads.map(head => (
                <li key={head.account}>
                  <AccountOf id={head.account} />
                  <code>{anchorText(head)}</code>
                  <CopyButton text={anchorText(head)} what="the anchor" />
                </li>
              ))}
            </ul>
          </Section>
        </>
      )}
    </div>
  )
}

async function readOn(account?: string) {
  try {
    const { asked } = await rpc.audit.refresh.mutate(account === undefined ? {} : { account })
    announce(asked === 0 ? 'Nothing can be read just now' : `Reading on in ${count(asked, 'region')}`)
  } catch (thrown) {
    announce(`The ledger does not read on: ${failureOf(thrown).message}`)
  }
}

const columnsWith = (gaps: readonly Gap[]): readonly Column<RegionCoverage>[] => [
  {
    id: 'account',
    title: 'Account',
    by: ({ account, region }) => `${account} ${region}`,
    cell: ({ account, region }) => (
      <span className={audit.signed}>
        <AccountOf id={account} /> {region}
      </span>
    ),
  },
  { id: 'state', title: 'State', by: ({ state }) => state, cell: region => <Standing region={region} /> },
  {
    id: 'reach',
    title: 'Held, of the last 90 days',
    cell: region => (
      <Reach
        region={region}
        gaps={gaps.filter(gap => gap.account === region.account && gap.region === region.region)}
      />
    ),
  },
  {
    id: 'from',
    title: 'Complete from',
    by: ({ readFrom }) => readFrom,
    cell: ({ readFrom }) => <At at={readFrom} none="not yet" />,
  },
  { id: 'to', title: 'Up to', by: ({ readTo }) => readTo, cell: ({ readTo }) => <At at={readTo} none="not yet" /> },
  {
    id: 'refresh',
    title: <span className="unseen">Reading on</span>,
    cell: ({ account, region }) => (
      <Button aria-label={`Read on in ${account} ${region}`} onClick={() => void readOn(account)}>
        Read on
      </Button>
    ),
  },
]

function At({ at, none }: { at: string | undefined; none: string }) {
  const zone = useZone()
  if (at === undefined) return <span className="faint">{none}</span>
  return <time dateTime={at}>{formatInstant(at, zone)}</time>
}

const glyph = {
  reading: 'running',
  waiting: 'succeeded',
  denied: 'failed',
  failed: 'failed',
  noSession: 'stale',
} as const

function Standing({ region: { state, progress, nextAt, failure } }: { region: RegionCoverage }) {
  return (
    <>
      <span className={audit.signed}>
        <StateGlyph state={glyph[state]} decorative /> {coverageWord[state]}
      </span>
      {progress && (
        <span className={css.progress}>
          <progress max={Math.max(progress.of, 1)} value={progress.done} aria-label="Event names read" />
          <span className="dim">
            {progress.done} of {progress.of} event names, {count(progress.events, 'event')}
          </span>
        </span>
      )}
      {state === 'waiting' && nextAt !== undefined && (
        <span className={css.under}>
          next turn <At at={nextAt} none="" />
        </span>
      )}
      {failure && (
        <span className={css.failure}>
          <b>{failure.code}</b> {failure.message} {failure.next}
        </span>
      )}
    </>
  )
}

function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  const zone = useZone()
  if (gaps.length === 0) return <p className="dim">None: what was read has no hole in it.</p>
  return (
    <ul className={css.gaps}>
      {gaps.slice(0, 200).map(gap => (
        <li
          key={`${gap.account} ${gap.region} ${gap.why} ${gap.from}`}
          data-filled={gap.filledAt !== undefined || undefined}
        >
          <AccountOf id={gap.account} /> {gap.region}
          <b>{gap.filledAt === undefined ? gapWord[gap.why] : 'Filled since'}</b>
          <span className="dim">
            {formatInstant(gap.from, zone)} to {formatInstant(gap.to, zone)}
          </span>
          <span className={audit.wrap}>{gap.words}</span>
        </li>
      ))}
    </ul>
  )
}
