import { type KeyboardEvent, useRef, useState } from 'react'
import type { DayCount, EntryFilter, EntryKind } from '../../../../preload/contract/audit.ts'
import { bucketName } from '../../../charts/plotData.ts'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { count } from '../../../format/ids.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useGrowth } from '../../../stores/coverage.ts'
import css from './ledger.module.css'
import { stripOf, within } from './period.ts'

const groups = ['definitions', 'executions', 'approvals', 'transitions', 'alarms', 'others'] as const
type Group = (typeof groups)[number]
const groupOf: Readonly<Record<EntryKind, Group>> = {
  definition: 'definitions',
  execution: 'executions',
  approval: 'approvals',
  transition: 'transitions',
  alarm: 'alarms',
  role: 'others',
  project: 'others',
  connection: 'others',
  integration: 'others',
  signOff: 'others',
  gap: 'others',
}
const day = 86_400_000

interface Day {
  at: string
  sum: number
  parts: readonly { group: Group; count: number }[]
}

/** Where nobody asked from when: a strip that begins long before its first entry would say little of those there are. */
const fewestDays = 14

function sooner(counts: readonly DayCount[], from: number, to: number): number {
  const first = Math.min(to, ...counts.map(each => Date.parse(each.day)))
  return Math.max(from, Math.min(first, to - fewestDays * day))
}

function daysOf(counts: readonly DayCount[], from: number, to: number): Day[] {
  const byDay = Map.groupBy(counts, each => each.day)
  return Array.from({ length: (to - from) / day }, (_, index) => {
    const at = new Date(from + index * day).toISOString()
    const mine = byDay.get(at) ?? []
    const parts = groups.map(group => ({
      group,
      count: mine.filter(({ kind }) => groupOf[kind] === group).reduce((sum, each) => sum + each.count, 0),
    }))
    return { at, sum: parts.reduce((sum, part) => sum + part.count, 0), parts: parts.filter(part => part.count > 0) }
  })
}

/** Counting by kind what a frequent word finds would keep main busy: then it is said instead. */
async function countsOf(input: { filter: EntryFilter; from: string; to: string }): Promise<DayCount[] | 'tooMany'> {
  if (input.filter.text !== undefined) {
    const { more } = await rpc.audit.count.query(within(input.filter, input.from, input.to))
    if (more) return 'tooMany'
  }
  return rpc.audit.daily.query(input)
}

/** Entries per day by kind; a day is a button that asks for it alone. Arrows walk, as the strip is one stop of Tab. */
export function DayStrip({ filter, onChange }: { filter: EntryFilter; onChange: (filter: EntryFilter) => void }) {
  const [now] = useState(Date.now)
  const rows = useGrowth()
  const [walked, setWalked] = useState<number>()
  const bars = useRef<HTMLDivElement>(null)
  const { from, to } = stripOf(filter, now)
  const input = { filter, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  const question = JSON.stringify(input)
  const asked = useAsked(question, `${question} ${rows}`, () => countsOf(input))
  if (asked.state === 'failed') {
    return (
      <div className={css.failure}>
        <FailureNotice failure={asked.failure} />
      </div>
    )
  }
  if (asked.value === 'tooMany') {
    return (
      <section className={css.strip} aria-label="Entries of each day">
        <p className={css.stripHead}>
          More than ten thousand entries fit: choose a shorter period, or search for more words, to see their days.
        </p>
      </section>
    )
  }
  const counts = asked.value ?? []
  const days = daysOf(counts, filter.from === undefined ? sooner(counts, from, to) : from, to)
  const highest = Math.max(...days.map(({ sum }) => sum))
  const most = Math.max(1, highest)
  const stop = walked !== undefined && walked < days.length ? walked : days.length - 1
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: stop - 1,
      ArrowRight: stop + 1,
      Home: 0,
      End: days.length - 1,
    }
    const to = steps[event.key]
    if (to === undefined || days[to] === undefined) return
    event.preventDefault()
    setWalked(to)
    const bar = bars.current?.children[to]
    if (bar instanceof HTMLElement) bar.focus()
  }
  return (
    <section className={css.strip} aria-label="Entries of each day">
      <p className={css.stripHead}>
        {groups.map(group => (
          <span key={group}>
            <i data-group={group} aria-hidden /> {group}
          </span>
        ))}
        {asked.value && (
          <span className="faint">
            {highest === 0 ? 'no entry on these days' : `the highest day has ${count(highest, 'entry', 'entries')}`};
            days are UTC
          </span>
        )}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys are those of the buttons in it */}
      <div ref={bars} className={css.days} role="toolbar" tabIndex={-1} aria-label="Days" onKeyDown={onKeyDown}>
        {days.map(({ at, sum, parts }, index) => {
          const said = `${bucketName(at, 'day')}: ${count(sum, 'entry', 'entries')}${parts.length === 0 ? '' : `, ${parts.map(part => `${part.count} ${part.group}`).join(', ')}`}`
          return (
            <button
              key={at}
              type="button"
              className={css.dayBar}
              tabIndex={index === stop ? 0 : -1}
              aria-label={said}
              data-tip={said}
              onClick={() => onChange(within(filter, at, new Date(Date.parse(at) + day).toISOString()))}
            >
              {parts.map(part => (
                <span
                  key={part.group}
                  className={css.part}
                  data-group={part.group}
                  style={{ height: `${(part.count / most) * 100}%`, minHeight: 2 }}
                />
              ))}
            </button>
          )
        })}
      </div>
      <p className={css.ends} aria-hidden>
        <span>{bucketName(days[0]?.at ?? input.from, 'day')}</span>
        <span>{bucketName(new Date(to - day).toISOString(), 'day')}</span>
      </p>
    </section>
  )
}
