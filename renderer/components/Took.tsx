import { formatDuration, spokenDuration } from '../format/duration.ts'
import { useNow } from '../stores/now.ts'
import { Tip } from './Tip.tsx'

export interface TookProps {
  ms: number | undefined
  /** ISO 8601: set while it still runs; the time since then is shown instead of `ms`. */
  since?: string | undefined
}

/** A duration as `m:ss`; with its units in the tooltip and for screen readers. */
export function Took({ ms, since }: TookProps) {
  // Whole seconds while it ticks, so that nothing renders more often.
  const shown = useNow(({ now }) =>
    since === undefined ? ms : Math.floor(Math.max(0, now - Date.parse(since)) / 1000) * 1000,
  )
  if (shown === undefined) return <span className="faint">—</span>
  return (
    <Tip text={spokenDuration(shown)}>
      <span className="mono">{formatDuration(shown)}</span>
    </Tip>
  )
}
