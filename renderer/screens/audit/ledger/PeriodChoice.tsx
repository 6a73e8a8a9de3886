import { useState } from 'react'
import type { EntryFilter } from '../../../../preload/contract/audit.ts'
import { Select } from '../../../components/Select.tsx'
import css from './ledger.module.css'
import { lastDay, periods, within } from './period.ts'

interface PeriodChoiceProps {
  filter: EntryFilter
  /** Of the oldest entry. */
  oldest: string | undefined
  onChange: (filter: EntryFilter) => void
}

const day = 86_400_000
const own = 'From…to'

/** From when to when: a stretch by its name, or two days. */
export function PeriodChoice({ filter, oldest, onChange }: PeriodChoiceProps) {
  const [now] = useState(Date.now)
  const offered = periods(now, oldest)
  const { from, to } = filter
  const chosen = offered.find(period => period.from === from && period.to === to)?.name ?? own
  const [wantsDays, setWantsDays] = useState(false)
  const at = (date: string, later: number) =>
    date === '' ? undefined : new Date(Date.parse(`${date}T00:00:00.000Z`) + later).toISOString()
  return (
    <>
      <Select
        name="Period"
        value={wantsDays ? own : chosen}
        options={[...offered.map(({ name }) => name), own].map(name => ({ value: name, label: name }))}
        onChange={name => {
          setWantsDays(name === own)
          const period = offered.find(each => each.name === name)
          if (period) onChange(within(filter, period.from, period.to))
        }}
      />
      {(wantsDays || chosen === own) && (
        <span className={css.dates}>
          <input
            type="date"
            className={css.date}
            aria-label="From, UTC"
            value={from?.slice(0, 10) ?? ''}
            onChange={event => onChange(within(filter, at(event.target.value, 0), to))}
          />
          to
          <input
            type="date"
            className={css.date}
            aria-label="To and with, UTC"
            value={to === undefined ? '' : lastDay(to)}
            onChange={event => onChange(within(filter, from, at(event.target.value, day)))}
          />
          UTC
        </span>
      )}
    </>
  )
}
