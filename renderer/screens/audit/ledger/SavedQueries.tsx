import { Bookmark, BookmarkMinus } from 'lucide-react'
import { useState } from 'react'
import type { EntryFilter, SavedQuery } from '../../../../preload/contract/audit.ts'
import { IconButton } from '../../../components/Button.tsx'
import { NameDialog } from '../../../components/NameDialog.tsx'
import { Select } from '../../../components/Select.tsx'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { announce } from '../../../stores/status.ts'
import { ledgerQuery } from '../auditQuery.ts'

const longestName = 60
/** Two filters that ask for the same have the same address. */
const sameness = (filter: EntryFilter) => ledgerQuery({ filter, entry: undefined, look: 'timeline' })

interface SavedQueriesProps {
  filter: EntryFilter
  onChange: (filter: EntryFilter) => void
}

/** Searches that are kept under a name. */
export function SavedQueries({ filter, onChange }: SavedQueriesProps) {
  const asked = useAsked('saved queries', 'saved queries', () => rpc.audit.savedQueries.query()).value
  const [told, setTold] = useState<SavedQuery[]>()
  const [naming, setNaming] = useState(false)
  const saved = told ?? asked ?? []
  const here = saved.find(query => sameness(query.filter) === sameness(filter))
  const change = (asking: Promise<SavedQuery[]>) =>
    void asking.then(setTold, (thrown: unknown) => announce(`The search was not kept: ${failureOf(thrown).message}`))
  return (
    <>
      {saved.length > 0 && (
        <Select
          name="Saved searches"
          value={here?.name ?? ''}
          options={[{ value: '', label: 'Saved searches' }, ...saved.map(({ name }) => ({ value: name, label: name }))]}
          onChange={name => onChange(saved.find(query => query.name === name)?.filter ?? {})}
        />
      )}
      {here ? (
        <IconButton
          label={`Remove the saved search “${here.name}”`}
          onClick={() => change(rpc.audit.removeQuery.mutate({ name: here.name }))}
        >
          <BookmarkMinus size={14} aria-hidden />
        </IconButton>
      ) : (
        <IconButton
          label="Save this search"
          disabledBecause={sameness(filter) === '' ? 'There is nothing to save: this is everything.' : undefined}
          onClick={() => setNaming(true)}
        >
          <Bookmark size={14} aria-hidden />
        </IconButton>
      )}
      <NameDialog
        open={naming}
        title="Save this search"
        label="Name"
        longest={longestName}
        onName={name => change(rpc.audit.saveQuery.mutate({ name, filter }))}
        onClose={() => setNaming(false)}
      />
    </>
  )
}
