import { Search } from 'lucide-react'
import { useMemo } from 'react'
import type { State } from '../../preload/contract/base.ts'
import { Button } from '../components/Button.tsx'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { stateWord } from '../components/state.ts'
import { formatTime } from '../format/instant.ts'
import { asksFor, toggleValue } from '../screens/fleet/filter/parse.ts'
import { isStale, useFleet } from '../stores/fleet.ts'
import { go, useRoute } from '../stores/route.ts'
import { useZone } from '../stores/settings.ts'
import { CallMeter } from './CallMeter.tsx'
import { showPalette } from './overlay.ts'
import css from './Strip.module.css'

const counted = ['failed', 'waiting', 'running', 'stale'] as const satisfies readonly State[]
type Counted = (typeof counted)[number]

/** Always on top: counts by state as filters, the data's age, the call budget, the palette. */
export function Strip() {
  return (
    <header className={css.strip}>
      <Counts />
      <div className={css.end}>
        <Age />
        <CallMeter />
        <Button keys="Mod+K" aria-label="Search or run a command" onClick={showPalette}>
          <Search size={14} aria-hidden />
          <span className={css.label}>Search or run a command</span>
        </Button>
      </div>
    </header>
  )
}

function Counts() {
  const rows = useFleet(state => state.rows)
  const filter = useRoute(({ route }) => (route.screen === 'fleet' ? route.filter : ''))
  const counts = useMemo(() => {
    const of: Record<Counted, number> = { failed: 0, waiting: 0, running: 0, stale: 0 }
    for (const row of rows.values()) {
      if (row.state === 'failed' || row.state === 'waiting' || row.state === 'running') of[row.state]++
      if (isStale(row)) of.stale++
    }
    return of
  }, [rows])
  return (
    <div className={css.counts}>
      {counted.map(state => (
        <button
          key={state}
          type="button"
          className={css.count}
          data-state={state}
          data-none={counts[state] === 0 || undefined}
          aria-pressed={asksFor(filter, 'state', state)}
          onClick={() => go({ screen: 'fleet', filter: toggleValue(filter, 'state', state) })}
        >
          <StateGlyph state={state} decorative />
          <span>
            {stateWord[state]} <b>{counts[state]}</b>
          </span>
        </button>
      ))}
    </div>
  )
}

function Age() {
  const asOf = useFleet(state => state.asOf)
  const zone = useZone()
  return <span className={css.age}>{asOf === undefined ? 'no data yet' : `as of ${formatTime(asOf, zone)}`}</span>
}
