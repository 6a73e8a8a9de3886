import type { PipelineRow } from '../../preload/contract/pipelines.ts'
import { picture } from './picture.ts'
import css from './StageBar.module.css'
import { StateGlyph } from './StateGlyph.tsx'
import { stateWord } from './state.ts'
import { Tip } from './Tip.tsx'

type StageMark = PipelineRow['stages'][number]

/** The stages in words: the tooltip, and what screen readers say. */
const stagesText = (stages: readonly StageMark[]): string =>
  stages.map(({ name, state }) => `${name} ${stateWord[state].toLowerCase()}`).join(', ')

const plain = new Set(['succeeded', 'notRun'])

export interface StageBarProps {
  stages: readonly StageMark[]
  /** Stages whose inbound transition is closed. */
  closed?: readonly string[]
}

/** A segment per stage; a glyph in each that is not plainly done or still to come. A dash where none is known yet. */
export function StageBar({ stages, closed = [] }: StageBarProps) {
  if (stages.length === 0) return <span className="faint">—</span>
  const gates = closed.length === 0 ? '' : `; closed before ${closed.join(', ')}`
  const words = `${stagesText(stages)}${gates}`
  return (
    <Tip text={words}>
      <span className={css.bar} {...picture(words)}>
        {stages.map(({ name, state }) => (
          <span key={name} className={css.segment} data-state={state} data-closed={closed.includes(name) || undefined}>
            {!plain.has(state) && <StateGlyph state={state} size={11} decorative />}
          </span>
        ))}
      </span>
    </Tip>
  )
}
