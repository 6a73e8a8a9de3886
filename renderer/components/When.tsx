import { formatAge } from '../format/duration.ts'
import { formatInstant } from '../format/instant.ts'
import { useNow } from '../stores/now.ts'
import { useZone } from '../stores/settings.ts'
import { Tip } from './Tip.tsx'

export interface WhenProps {
  /** ISO 8601. */
  at: string
  /** Within a sentence: "4 min ago", "just now". */
  ago?: boolean
  className?: string | undefined
}

/** How long ago, in one unit; the exact time with its zone in the tooltip. */
export function When({ at, ago = false, className }: WhenProps) {
  const zone = useZone()
  // Selected as text, so that a tick renders only what changed.
  const age = useNow(({ now }) => formatAge(now - Date.parse(at)))
  return (
    <Tip text={formatInstant(at, zone)}>
      <time dateTime={at} className={className}>
        {ago ? (age === 'now' ? 'just now' : `${age} ago`) : age}
      </time>
    </Tip>
  )
}
