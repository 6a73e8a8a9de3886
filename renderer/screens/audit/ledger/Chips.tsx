import { X } from 'lucide-react'
import type { EntryFilter } from '../../../../preload/contract/audit.ts'
import { Button } from '../../../components/Button.tsx'
import { shortId } from '../../../format/ids.ts'
import { useAccountName } from '../parts.tsx'
import { kindSign } from '../words.ts'
import { type Listed, without, withoutValue } from './filterChange.ts'
import css from './ledger.module.css'
import { lastDay } from './period.ts'

interface Chip {
  text: string
  without: EntryFilter
}

/** What was chosen, each taken away by a click. */
export function Chips({ filter, onChange }: { filter: EntryFilter; onChange: (filter: EntryFilter) => void }) {
  const accountName = useAccountName()
  const listed = (member: Listed, said: (value: string) => string): Chip[] =>
    (filter[member] ?? []).map(value => ({ text: said(value), without: withoutValue(filter, member, value) }))
  const { executionId, from, to, refused } = filter
  const chips: Chip[] = [
    ...(filter.kinds ?? []).map(kind => ({ text: kindSign[kind].word, without: withoutValue(filter, 'kinds', kind) })),
    ...listed('accounts', accountName),
    ...listed('regions', region => region),
    ...listed('people', name => `by ${name}`),
    ...listed('pipelines', name => `pipeline ${name}`),
    ...listed('names', name => name),
    ...(executionId === undefined
      ? []
      : [{ text: `execution ${shortId(executionId)}`, without: without(filter, 'executionId') }]),
    ...(from === undefined ? [] : [{ text: `from ${from.slice(0, 10)}`, without: without(filter, 'from') }]),
    ...(to === undefined ? [] : [{ text: `to ${lastDay(to)}`, without: without(filter, 'to') }]),
    ...(refused === undefined
      ? []
      : [{ text: refused ? 'refused by AWS' : 'not refused', without: without(filter, 'refused') }]),
  ]
  if (chips.length === 0) return null
  return (
    <div className={css.chips}>
      {chips.map(chip => (
        <button
          key={chip.text}
          type="button"
          className={css.chip}
          aria-label={`Take away: ${chip.text}`}
          onClick={() => onChange(chip.without)}
        >
          {chip.text}
          <X size={12} aria-hidden />
        </button>
      ))}
      <Button look="quiet" onClick={() => onChange({})}>
        Clear all
      </Button>
    </div>
  )
}
