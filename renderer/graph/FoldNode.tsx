import type { NodeProps } from '@xyflow/react'
import { ChevronsDownUp, ChevronsUpDown } from 'lucide-react'
import { memo } from 'react'
import { classNames } from '../components/classNames.ts'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { stateWord } from '../components/state.ts'
import type { FoldNode as Fold } from './flow.ts'
import css from './graph.module.css'
import { useGraphActions } from './graphActions.ts'

const short: Partial<Record<string, string>> = { succeeded: 'ok', notRun: 'not run' }

/** The calm actions of a crowded stage as one line, `11 ok, 2 not run`; pressing it unfolds them. */
export const FoldNode = memo(function FoldNode({ id, data, selected }: NodeProps<Fold>) {
  const { toggleFold } = useGraphActions()
  const { stage, counts, open, stop } = data
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  const text = counts.map(([state, count]) => `${count} ${short[state] ?? stateWord[state].toLowerCase()}`).join(', ')
  return (
    <button
      type="button"
      className={classNames(css.node, css.fold)}
      data-node={id}
      data-selected={selected || undefined}
      aria-expanded={open}
      aria-label={`${stage} stage, ${total} actions ${open ? 'unfolded' : `folded: ${text}`}`}
      tabIndex={stop ? 0 : -1}
      onClick={() => toggleFold(stage)}
    >
      {open ? <ChevronsDownUp aria-hidden /> : <ChevronsUpDown aria-hidden />}
      {open ? (
        <span className={css.name}>Fold {total} actions</span>
      ) : total === 0 ? (
        <span className={css.name}>nothing folded</span>
      ) : (
        counts.map(([state, count]) => (
          <span key={state} className={css.folded}>
            <StateGlyph state={state} decorative />
            {count}
            <span className={css.foldedWord}>{short[state] ?? stateWord[state].toLowerCase()}</span>
          </span>
        ))
      )}
    </button>
  )
})
