import { useEffect } from 'react'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import { useAlarms } from '../../stores/alarms.ts'
import { type Command, useCommands } from '../../stores/commands.ts'
import { followCoverage } from '../../stores/coverage.ts'
import { go } from '../../stores/route.ts'
import { type AuditPage, auditPages, hashOf } from '../../stores/routeHash.ts'
import { Alarms } from './alarms/Alarms.tsx'
import css from './audit.module.css'
import { CoveragePage } from './coverage/CoveragePage.tsx'
import { Histories } from './definitions/Histories.tsx'
import { Versions } from './definitions/Versions.tsx'
import { Duties } from './duties/Duties.tsx'
import { Ledger } from './ledger/Ledger.tsx'

export interface AuditScreenProps {
  page: AuditPage
  of: PipelineKey | undefined
  query: string
}

const pageTitle: Readonly<Record<AuditPage, string>> = {
  ledger: 'Ledger',
  definitions: 'Definitions',
  alarms: 'Alarms',
  duties: 'Separation of duties',
  coverage: 'Coverage',
}

/** Who changed what, with its evidence. */
export function AuditScreen({ page, of, query }: AuditScreenProps) {
  useEffect(followCoverage, [])
  useCommands(
    auditPages.map(
      (each): Command => ({
        id: `audit-${each}`,
        title: `Audit: ${pageTitle[each]}`,
        group: 'Audit',
        run: () => go({ screen: 'audit', page: each, query: '' }),
      }),
    ),
  )
  return (
    <div className={css.screen}>
      <header className={css.head}>
        <h1>Audit</h1>
        <nav aria-label="Parts of the audit" className={css.pages}>
          {auditPages.map(each => (
            <a
              key={each}
              className={css.page}
              href={hashOf({ screen: 'audit', page: each, query: '' })}
              aria-current={each === page ? 'page' : undefined}
            >
              {pageTitle[each]}
              {each === 'alarms' && <OpenCount />}
            </a>
          ))}
        </nav>
      </header>
      <Of page={page} of={of} query={query} />
    </div>
  )
}

function OpenCount() {
  const open = useAlarms(state => state.open)
  return open === 0 ? null : <span className={css.openCount}> {open} open</span>
}

function Of({ page, of, query }: AuditScreenProps) {
  switch (page) {
    case 'ledger':
      return <Ledger query={query} />
    case 'definitions':
      return of ? <Versions of={of} query={query} /> : <Histories />
    case 'alarms':
      return <Alarms />
    case 'duties':
      return <Duties />
    case 'coverage':
      return <CoveragePage />
  }
}
