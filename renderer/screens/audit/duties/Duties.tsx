import { useState } from 'react'
import type { Finding, FindingFilter } from '../../../../preload/contract/auditReview.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { Button } from '../../../components/Button.tsx'
import { type Column, DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { Select } from '../../../components/Select.tsx'
import { When } from '../../../components/When.tsx'
import { spokenDuration } from '../../../format/duration.ts'
import { count, shortId } from '../../../format/ids.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useAccounts } from '../../../stores/accounts.ts'
import { useCoverage } from '../../../stores/coverage.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import audit from '../audit.module.css'
import { ledgerQuery } from '../auditQuery.ts'
import { Glyph, WhoName } from '../parts.tsx'
import { findingSign } from '../words.ts'
import { EnforcementDialog } from './EnforcementDialog.tsx'

const spans = [30, 90, 365] as const
const day = 86_400_000
/** As many as main tells. */
const most = 500

/** Approvals that one person gave to their own work, too fast, or that no person gave. */
export function Duties() {
  const [now] = useState(Date.now)
  const [days, setDays] = useState<(typeof spans)[number]>(90)
  const [account, setAccount] = useState('')
  const [enforcing, setEnforcing] = useState<Finding>()
  const accounts = useAccounts(state => state.accounts)
  const tens = useCoverage(state => Math.floor((state.coverage?.rows ?? 0) / 10))
  const filter: FindingFilter = {
    from: new Date(Math.floor(now / day) * day - (days - 1) * day).toISOString(),
    ...(account !== '' && { accounts: [account] }),
  }
  const subject = JSON.stringify(filter)
  const asked = useAsked(subject, `${subject} ${tens}`, () => rpc.audit.findings.query(filter))
  const findings = asked.value
  return (
    <div className={audit.reading}>
      <p className={audit.lead}>
        <b>Findings, not enforcement.</b> A client can’t keep anybody from approving their own change: it can only show
        it. What does enforce it is IAM; each finding offers the policies.
      </p>
      <div className={audit.toolbar}>
        <Select
          name="Period"
          value={`${days}`}
          options={spans.map(span => ({ value: `${span}`, label: `Last ${span} days` }))}
          onChange={chosen => setDays(spans.find(span => `${span}` === chosen) ?? 90)}
        />
        <Select
          name="Account"
          value={account}
          options={[
            { value: '', label: 'Every account' },
            ...accounts.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setAccount}
        />
        {findings && (
          <span className="dim">
            {findings.length >= most ? `the newest ${most} findings` : count(findings.length, 'finding')}
          </span>
        )}
      </div>
      {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
      {findings === undefined && asked.state === 'asking' && (
        <output className={audit.loading}>Looking at the approvals…</output>
      )}
      {findings?.length === 0 && (
        <EmptyState title="No such approval is known in this time.">
          <p>
            Committer, definition editor and approver of each approved execution that the desk knows are compared. What
            it does not know yet, it cannot compare:{' '}
            <a href={hashOf({ screen: 'audit', page: 'coverage', query: '' })}>see how far the ledger is read</a>
            {days < 365 ? ', or choose a longer period above' : ''}.
          </p>
        </EmptyState>
      )}
      {findings && findings.length > 0 && (
        <DataTable
          caption="Duties that were not separated"
          columns={columnsWith(setEnforcing)}
          rows={findings}
          idOf={({ id }) => id}
        />
      )}
      {enforcing && <EnforcementDialog finding={enforcing} onClose={() => setEnforcing(undefined)} />}
    </div>
  )
}

const columnsWith = (onEnforce: (finding: Finding) => void): readonly Column<Finding>[] => [
  {
    id: 'kind',
    title: 'Finding',
    by: ({ kind }) => findingSign[kind].word,
    cell: ({ kind, words }) => (
      <>
        <span className={audit.signed}>
          <Glyph sign={findingSign[kind]} /> <b>{findingSign[kind].word}</b>
        </span>
        <br />
        <span className={audit.wrap}>{words}</span>
      </>
    ),
  },
  {
    id: 'approval',
    title: 'Approval',
    by: ({ key, stage, action }) => `${key.name} ${stage} ${action}`,
    cell: ({ key, executionId, stage, action, entry }) => (
      <>
        <a className={audit.tall} href={hashOf({ screen: 'pipeline', key, of: executionId })}>
          {key.name} › {stage} › {action}
        </a>
        <br />
        <span className="dim mono">{shortId(executionId)}</span>{' '}
        {entry !== undefined && (
          <a
            className={audit.tall}
            href={hashOf({
              screen: 'audit',
              page: 'ledger',
              query: ledgerQuery({ filter: { executionId }, entry, look: 'timeline' }),
            })}
          >
            Evidence
          </a>
        )}
      </>
    ),
  },
  { id: 'account', title: 'Account', by: ({ key }) => key.account, cell: ({ key }) => <AccountOf id={key.account} /> },
  {
    id: 'who',
    title: 'Approved by',
    by: ({ people }) => people.approver?.name,
    cell: ({ people }) => (people.approver ? <WhoName who={people.approver} /> : <span className="faint">—</span>),
  },
  {
    id: 'others',
    title: 'Committed, edited by',
    cell: ({ people: { committers, editor } }) =>
      [...committers, ...(editor ? [`${editor.name} (definition)`] : [])].join(', ') || (
        <span className="faint">—</span>
      ),
  },
  {
    id: 'took',
    title: 'Decided in',
    numeric: true,
    by: ({ seconds }) => seconds?.taken,
    cell: ({ seconds }) =>
      seconds ? (
        <>
          {spokenDuration(seconds.taken * 1000)} <span className="dim">of {spokenDuration(seconds.needed * 1000)}</span>
        </>
      ) : (
        <span className="faint">—</span>
      ),
  },
  { id: 'at', title: 'When', by: ({ at }) => at, cell: ({ at }) => <When at={at} ago /> },
  {
    id: 'enforce',
    title: <span className="unseen">Enforcement</span>,
    cell: finding => (
      <Button aria-label={`IAM that enforces it for ${finding.key.name}`} onClick={() => onEnforce(finding)}>
        IAM…
      </Button>
    ),
  },
]
