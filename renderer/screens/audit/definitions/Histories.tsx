import { useState } from 'react'
import type { DefinitionHistory } from '../../../../preload/contract/auditReview.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { type Column, DataTable } from '../../../components/DataTable.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import field from '../../../components/Field.module.css'
import { When } from '../../../components/When.tsx'
import { count } from '../../../format/ids.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useCoverage } from '../../../stores/coverage.ts'
import { rowId } from '../../../stores/fleet.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import audit from '../audit.module.css'
import { WhoName } from '../parts.tsx'

/** Every pipeline whose definition the desk has a version of. */
export function Histories() {
  const tens = useCoverage(state => Math.floor((state.coverage?.rows ?? 0) / 10))
  const asked = useAsked('histories', `histories ${tens}`, () => rpc.audit.histories.query())
  const [typed, setTyped] = useState('')
  const all = asked.value ?? []
  const wanted = typed.trim().toLowerCase()
  const shown = all.filter(({ key }) => `${key.name} ${key.account} ${key.region}`.toLowerCase().includes(wanted))
  return (
    <div className={audit.reading}>
      <p className={audit.lead}>
        Each version of each pipeline’s definition, what changed in it, who changed it, and which executions ran under
        it. Deleted pipelines stay.
      </p>
      {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
      {asked.value === undefined && asked.state === 'asking' && (
        <output className={audit.loading}>Reading the histories…</output>
      )}
      {asked.value && all.length === 0 && (
        <EmptyState title="No definition is known yet.">
          The desk keeps each version that it sees from the time an account is added.
        </EmptyState>
      )}
      {all.length > 0 && (
        <>
          <div className={audit.toolbar}>
            <input
              className={`${field.input} ${audit.search}`}
              aria-label="Find a pipeline"
              placeholder="Find a pipeline…"
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
            <span className="dim">
              {shown.length === all.length
                ? count(all.length, 'pipeline')
                : `${shown.length} of ${count(all.length, 'pipeline')}`}
            </span>
          </div>
          {shown.length === 0 ? (
            <EmptyState title={`No pipeline is called like “${typed}”.`} />
          ) : (
            <DataTable
              caption="Histories of definitions"
              columns={columns}
              rows={shown}
              idOf={({ key }) => rowId(key)}
              sorted={{ column: 'changed', descending: true }}
            />
          )}
        </>
      )}
    </div>
  )
}

const columns: readonly Column<DefinitionHistory>[] = [
  {
    id: 'pipeline',
    title: 'Pipeline',
    by: ({ key }) => key.name,
    cell: ({ key, deleted }) => (
      <>
        <a href={hashOf({ screen: 'audit', page: 'definitions', key, query: '' })}>{key.name}</a>
        {deleted && <span className="dim"> deleted</span>}
      </>
    ),
  },
  {
    id: 'account',
    title: 'Account',
    by: ({ key }) => `${key.account} ${key.region}`,
    cell: ({ key }) => (
      <span className={audit.signed}>
        <AccountOf id={key.account} /> <span className="dim">{key.region}</span>
      </span>
    ),
  },
  { id: 'latest', title: 'Latest', numeric: true, by: ({ latest }) => latest, cell: ({ latest }) => `v${latest}` },
  { id: 'versions', title: 'Known', numeric: true, by: ({ versions }) => versions, cell: ({ versions }) => versions },
  {
    id: 'changed',
    title: 'Changed',
    by: ({ changedAt }) => changedAt,
    cell: ({ changedAt }) =>
      changedAt === undefined ? <span className="faint">not known</span> : <When at={changedAt} ago />,
  },
  {
    id: 'by',
    title: 'By',
    by: ({ by }) => by?.name,
    cell: ({ by }) => (by ? <WhoName who={by} /> : <span className="faint">not known</span>),
  },
  {
    id: 'alarms',
    title: 'Open alarms',
    numeric: true,
    by: ({ openAlarms }) => openAlarms,
    cell: ({ openAlarms }) =>
      openAlarms === 0 ? (
        <span className="faint">0</span>
      ) : (
        <a href={hashOf({ screen: 'audit', page: 'alarms', query: '' })}>{openAlarms}</a>
      ),
  },
]
