import type { EntryFilter } from '../../../../preload/contract/audit.ts'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { useAccounts } from '../../../stores/accounts.ts'
import { useCoverage } from '../../../stores/coverage.ts'
import { hashOf } from '../../../stores/routeHash.ts'

interface NothingProps {
  filter: EntryFilter
  onChange: (filter: EntryFilter) => void
  onImport: () => void
}

/** Why no entry is shown, and what to do next. */
export function Nothing({ filter, onChange, onImport }: NothingProps) {
  const rows = useCoverage(state => state.coverage?.rows ?? 0)
  const accounts = useAccounts(state => state.accounts)
  const coverage = hashOf({ screen: 'audit', page: 'coverage', query: '' })
  if (Object.keys(filter).length > 0) {
    return (
      <EmptyState
        title="No entry fits this search."
        actions={
          <>
            <Button onClick={() => onChange({})}>Clear the search</Button>
            <Button onClick={onImport}>Import CloudTrail files…</Button>
          </>
        }
      >
        <p>
          The ledger holds what CloudTrail could still tell when it was read. <a href={coverage}>See from when on</a>,
          or bring older files.
        </p>
      </EmptyState>
    )
  }
  if (rows === 0 && accounts.length === 0) {
    return (
      <EmptyState title="The ledger is empty: the desk knows no account yet.">
        <a href={hashOf({ screen: 'accounts' })}>Add an account</a>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="The ledger is empty so far."
      actions={<Button onClick={onImport}>Import CloudTrail files…</Button>}
    >
      <p>
        CloudTrail is read at two requests a second, and tells of a call some minutes after it.{' '}
        <a href={coverage}>See how far it is</a>.
      </p>
    </EmptyState>
  )
}
