import { useEffect, useRef } from 'react'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { shortId } from '../../../format/ids.ts'
import { formatTime } from '../../../format/instant.ts'
import { useZone } from '../../../stores/settings.ts'
import css from './dialogs.module.css'
import type { Write } from './useWrite.ts'

/** How it stands with what was asked: requested, confirmed, or refused in AWS's own words. */
export function WriteOutcome({ write }: { write: Write }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (write.state !== 'idle') place.current?.scrollIntoView({ block: 'nearest' })
  }, [write.state])
  return (
    <div ref={place}>
      <Said write={write} />
    </div>
  )
}

function Said({ write }: { write: Write }) {
  const zone = useZone()
  switch (write.state) {
    case 'idle':
      return null
    case 'requested':
      return (
        <output className={css.outcome} data-state="running">
          <StateGlyph state="running" decorative /> Requested. Waiting for AWS to confirm…
        </output>
      )
    case 'lost':
      return <FailureNotice failure={write.failure} />
    case 'ended': {
      const { outcome } = write.record
      switch (outcome.state) {
        case 'requested':
          return null
        case 'confirmed':
          return (
            <output className={css.outcome} data-state="succeeded">
              <StateGlyph state="succeeded" decorative /> Confirmed by AWS at {formatTime(outcome.at, zone)}
              {outcome.executionId !== undefined && `, execution ${shortId(outcome.executionId)}`}
              {outcome.requestId !== undefined && <span className="mono dim"> request {outcome.requestId}</span>}
            </output>
          )
        case 'refused':
          return <FailureNotice failure={outcome.failure} />
        case 'unknown':
          return (
            <output className={css.outcome} data-state="stale">
              <StateGlyph state="stale" decorative /> Outcome unknown. {outcome.why}
            </output>
          )
      }
    }
  }
}
