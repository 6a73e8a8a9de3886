import { X } from 'lucide-react'
import { type Ref, useId } from 'react'
import type { EntryFilter, Facets } from '../../../../preload/contract/audit.ts'
import { EntryKind } from '../../../../preload/contract/audit.ts'
import { IconButton } from '../../../components/Button.tsx'
import { Kbd } from '../../../components/Kbd.tsx'
import { Select } from '../../../components/Select.tsx'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useGrowth } from '../../../stores/coverage.ts'
import { useAccountName } from '../parts.tsx'
import { kindSign } from '../words.ts'
import { Chips } from './Chips.tsx'
import { type Listed, without, withValue } from './filterChange.ts'
import css from './ledger.module.css'
import { PeriodChoice } from './PeriodChoice.tsx'
import { SavedQueries } from './SavedQueries.tsx'

export interface FilterBarProps {
  filter: EntryFilter
  onChange: (filter: EntryFilter) => void
  /** Enter or Esc: back to the entries. */
  onLeave: () => void
  ref: Ref<HTMLInputElement>
}

const nothingKnown: Facets = { accounts: [], regions: [], pipelines: [], people: [], automation: [], names: [] }

/** What is searched for: words, and what was chosen as chips. */
export function FilterBar({ filter, onChange, onLeave, ref }: FilterBarProps) {
  const rows = useGrowth()
  const facets = useAsked('facets', `facets ${rows}`, () => rpc.audit.facets.query()).value ?? nothingKnown
  const accountName = useAccountName()
  const text = filter.text ?? ''
  const setText = (typed: string) =>
    onChange(typed === '' ? without(filter, 'text') : { ...filter, text: typed.slice(0, 300) })
  const add = (member: Listed) => (value: string) => onChange(withValue(filter, member, value))
  return (
    <search className={css.bar}>
      <div className={css.fields}>
        <div className={css.search}>
          <input
            ref={ref}
            type="text"
            value={text}
            spellCheck={false}
            autoComplete="off"
            aria-label="Search the ledger"
            placeholder="Search: removed approval payments, a name, a commit, an error…"
            onChange={event => setText(event.target.value)}
            onKeyDown={event => {
              if (event.key === 'Escape' && text !== '') setText('')
              else if (event.key === 'Enter' || event.key === 'Escape') onLeave()
              else return
              event.preventDefault()
            }}
          />
          {text === '' ? (
            <span aria-hidden>
              <Kbd chord="/" />
            </span>
          ) : (
            <IconButton label="Clear the words" onClick={() => setText('')}>
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </div>
        <SavedQueries filter={filter} onChange={onChange} />
      </div>
      <div className={css.fields}>
        <Choice
          name="Kind"
          any="Any kind"
          chosen={filter.kinds ?? []}
          options={EntryKind.options.map(kind => ({ value: kind, label: kindSign[kind].word }))}
          onAdd={add('kinds')}
        />
        <Choice
          name="Account"
          any="Any account"
          chosen={filter.accounts ?? []}
          options={facets.accounts.map(id => ({ value: id, label: accountName(id) }))}
          onAdd={add('accounts')}
        />
        <Pick name="Person" known={[...facets.people, ...facets.automation]} onPick={add('people')} />
        <Pick name="Pipeline" known={facets.pipelines} onPick={add('pipelines')} />
        <PeriodChoice filter={filter} oldest={facets.from} onChange={onChange} />
        <Select
          name="Refused or not"
          value={filter.refused === undefined ? 'any' : filter.refused ? 'refused' : 'done'}
          options={[
            { value: 'any', label: 'Refused or not' },
            { value: 'refused', label: 'Refused by AWS' },
            { value: 'done', label: 'Not refused' },
          ]}
          onChange={chosen => {
            onChange(chosen === 'any' ? without(filter, 'refused') : { ...filter, refused: chosen === 'refused' })
          }}
        />
      </div>
      <Chips filter={filter} onChange={onChange} />
    </search>
  )
}

interface ChoiceProps {
  name: string
  any: string
  chosen: readonly string[]
  options: readonly { value: string; label: string }[]
  onAdd: (value: string) => void
}

/** Adds one of a few values; chips take them away. */
function Choice({ name, any, chosen, options, onAdd }: ChoiceProps) {
  const free = options.filter(({ value }) => !chosen.includes(value))
  return (
    <Select
      name={name}
      value=""
      options={[{ value: '', label: chosen.length === 0 ? any : `${name}: ${chosen.length} chosen` }, ...free]}
      onChange={value => value !== '' && onAdd(value)}
    />
  )
}

/** Adds one of many values: typed, and found in the list by its letters. */
function Pick({ name, known, onPick }: { name: string; known: readonly string[]; onPick: (value: string) => void }) {
  const list = useId()
  const take = (input: HTMLInputElement) => {
    const value = input.value.trim()
    if (value === '') return
    onPick(value)
    input.value = ''
  }
  return (
    <>
      <input
        className={css.pick}
        list={list}
        placeholder={`${name}…`}
        aria-label={name}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        onChange={event => known.includes(event.target.value) && take(event.target)}
        onKeyDown={event => event.key === 'Enter' && take(event.currentTarget)}
      />
      <datalist id={list}>
        {known.map(value => (
          <option key={value} value={value}>
            {value}
          </option>
        ))}
      </datalist>
    </>
  )
}
