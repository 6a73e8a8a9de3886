import type { State } from '../../../../preload/contract/base.ts'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { stateWord } from '../../../components/state.ts'
import css from './inspector.module.css'

/** Glyph, word and colour; after it what AWS adds, if it is another word. */
export function StateLine({ state, more }: { state: State; more?: string | undefined }) {
  return (
    <span className={css.state} data-state={state}>
      <StateGlyph state={state} decorative /> {stateWord[state]}
      {more !== undefined && more !== stateWord[state] && ` · ${more}`}
    </span>
  )
}
