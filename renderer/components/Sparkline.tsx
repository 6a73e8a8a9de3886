import type { State } from '../../preload/contract/base.ts'
import { spokenDuration } from '../format/duration.ts'
import { count } from '../format/ids.ts'
import css from './Sparkline.module.css'
import { Tip } from './Tip.tsx'

export interface SparklineProps {
  /** Oldest first. */
  recent: readonly { id: string; state: State; durationMs: number }[]
}

const highest = 16

/** One path for each state: ten bars a row would be most of what the fleet draws. */
function barsByState(recent: SparklineProps['recent'], longest: number): ReadonlyMap<State, string> {
  const paths = new Map<State, string>()
  for (const [index, { state, durationMs }] of recent.entries()) {
    const height = Math.max(3, Math.round((durationMs / longest) * highest))
    paths.set(state, `${paths.get(state) ?? ''}M${index * 6} ${highest}v-${height}h4v${height}z`)
  }
  return paths
}

/** The last executions, oldest first: height is duration, colour is state. */
export function Sparkline({ recent }: SparklineProps) {
  if (recent.length === 0) return <span className="faint">—</span>
  const longest = Math.max(...recent.map(({ durationMs }) => durationMs), 1)
  const failed = recent.filter(({ state }) => state === 'failed').length
  const words = `Last ${count(recent.length, 'execution')}: ${failed} failed, longest ${spokenDuration(longest)}`
  return (
    <Tip text={words}>
      <span className={css.spark}>
        <span className="unseen">{words}</span>
        <svg width={recent.length * 6 - 2} height={highest} shapeRendering="crispEdges" aria-hidden>
          {[...barsByState(recent, longest)].map(([state, bars]) => (
            <path key={state} className={css.bar} data-state={state} d={bars} />
          ))}
        </svg>
      </span>
    </Tip>
  )
}
