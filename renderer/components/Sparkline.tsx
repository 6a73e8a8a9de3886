import type { State } from '../../preload/contract/base.ts'
import { spokenDuration } from '../format/duration.ts'
import { count } from '../format/ids.ts'
import { picture } from './picture.ts'
import css from './Sparkline.module.css'
import { Tip } from './Tip.tsx'

export interface SparklineProps {
  /** Oldest first. */
  recent: readonly { id: string; state: State; durationMs: number; sample: boolean }[]
}

const highest = 16

interface Bars {
  state: State
  sample: boolean
  path: string
}

/** One path for each look: ten bars a row would be most of what the fleet draws. Sample data is drawn hollow. */
function barsByLook(recent: SparklineProps['recent'], longest: number): readonly Bars[] {
  const looks = new Map<string, Bars>()
  for (const [index, { state, sample, durationMs }] of recent.entries()) {
    const height = Math.max(3, Math.round((durationMs / longest) * highest))
    const look = `${state} ${sample}`
    const hole = sample && height > 2 ? `m1 -1v-${height - 2}h2v${height - 2}z` : ''
    const path = `${looks.get(look)?.path ?? ''}M${index * 6} ${highest}v-${height}h4v${height}z${hole}`
    looks.set(look, { state, sample, path })
  }
  return [...looks.values()]
}

/** The last executions, oldest first: height is duration, colour is state. */
export function Sparkline({ recent }: SparklineProps) {
  if (recent.length === 0) return <span className="faint">—</span>
  const longest = Math.max(...recent.map(({ durationMs }) => durationMs), 1)
  const failed = recent.filter(({ state }) => state === 'failed').length
  const samples = recent.filter(({ sample }) => sample).length
  const words = `Last ${count(recent.length, 'execution')}: ${failed} failed, longest ${spokenDuration(longest)}${samples > 0 ? `; ${samples} hollow ones are sample data` : ''}`
  return (
    <Tip text={words}>
      <span className={css.spark} {...picture(words)}>
        <svg width={recent.length * 6 - 2} height={highest} shapeRendering="crispEdges" aria-hidden>
          {barsByLook(recent, longest).map(({ state, sample, path }) => (
            <path key={`${state} ${sample}`} className={css.bar} data-state={state} fillRule="evenodd" d={path} />
          ))}
        </svg>
      </span>
    </Tip>
  )
}
