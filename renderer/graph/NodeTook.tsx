import type { ActionView } from '../../preload/contract/pipelines.ts'
import { formatDuration } from '../format/duration.ts'
import { useNow } from '../stores/now.ts'
import { elapsed } from './describe.ts'

/** A node's duration: ticks while it has not ended, and renders for nothing else. */
export function NodeTook({ of }: { of: Pick<ActionView, 'state' | 'startedAt' | 'durationMs' | 'medianMs'> }) {
  const took = useNow(({ now }) => {
    const ms = elapsed(of, now)
    return ms === undefined || ms === of.durationMs ? ms : Math.floor(ms / 1000) * 1000
  })
  if (took !== undefined) return <>{formatDuration(took)}</>
  if (of.state === 'notRun' && of.medianMs !== undefined) return <>p50 {formatDuration(of.medianMs)}</>
  return <>—</>
}
