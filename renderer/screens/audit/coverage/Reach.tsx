import { useState } from 'react'
import type { Gap, RegionCoverage } from '../../../../preload/contract/audit.ts'
import { picture } from '../../../components/picture.ts'
import { count } from '../../../format/ids.ts'
import css from './coverage.module.css'

/** As long as CloudTrail's event history is kept. ms */
const kept = 90 * 86_400_000

/** What is held of CloudTrail's 90 days as a bar: filled where complete, open where there is a gap. */
export function Reach({ region, gaps }: { region: RegionCoverage; gaps: readonly Gap[] }) {
  const [now] = useState(Date.now)
  const at = (instant: string) => Math.min(100, Math.max(0, ((Date.parse(instant) - (now - kept)) / kept) * 100))
  const open = gaps.filter(({ filledAt }) => filledAt === undefined)
  const { readFrom, readTo } = region
  const span = (from: string, to: string) => ({ left: `${at(from)}%`, width: `${Math.max(0.5, at(to) - at(from))}%` })
  const said =
    readFrom === undefined || readTo === undefined
      ? 'Nothing is complete yet'
      : `Held from ${readFrom.slice(0, 10)} to ${readTo.slice(0, 10)}${open.length > 0 ? `, with ${count(open.length, 'gap')}` : ''}`
  const days = readFrom === undefined || readTo === undefined ? 0 : Math.round(((at(readTo) - at(readFrom)) / 100) * 90)
  return (
    <span className={css.reach} data-tip={said}>
      <span className={css.bar} {...picture(said)}>
        {readFrom !== undefined && readTo !== undefined && <span className={css.held} style={span(readFrom, readTo)} />}
        {open.map(gap => (
          <span key={`${gap.why} ${gap.from}`} className={css.hole} style={span(gap.from, gap.to)} />
        ))}
      </span>
      <span aria-hidden>
        {count(days, 'day')}
        {open.length > 0 && `, ${count(open.length, 'gap')}`}
      </span>
    </span>
  )
}
