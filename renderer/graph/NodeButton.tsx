import type { ReactNode } from 'react'
import { classNames } from '../components/classNames.ts'
import css from './graph.module.css'
import { useGraphActions } from './graphActions.ts'
import { markedLabel, markSign, useMarks } from './marks.ts'
import type { NodeRef } from './nodeRef.ts'

export interface NodeButtonProps {
  id: string
  node: NodeRef
  label: string
  selected: boolean
  /** One node of the graph is the Tab key's stop; arrows lead to the others. */
  stop: boolean
  className?: string | undefined
  state?: string
  children: ReactNode
}

/** What every node is to a hand, a keyboard and a screen reader: one button that selects it. */
export function NodeButton({ id, node, label, selected, stop, className, state, children }: NodeButtonProps) {
  const { select, open } = useGraphActions()
  const marks = useMarks()
  const mark = marks?.get(id)
  return (
    <button
      type="button"
      className={classNames(css.node, className)}
      data-node={id}
      data-state={state}
      data-selected={selected || undefined}
      data-mark={mark}
      aria-label={marks ? markedLabel(node, marks) : label}
      aria-pressed={selected}
      tabIndex={stop ? 0 : -1}
      onClick={() => select(node)}
      onDoubleClick={() => open(node)}
    >
      {children}
      {mark !== undefined && (
        <span className={css.mark} aria-hidden>
          <b>{markSign[mark]}</b> <span className={css.markWord}>{mark}</span>
        </span>
      )}
    </button>
  )
}
