import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { State } from '../../preload/contract/base.ts'
import { Tip } from '../components/Tip.tsx'
import { conditionState } from './conditionState.ts'
import { conditionLabel } from './describe.ts'
import { Ends } from './Ends.tsx'
import type { ConditionNode as Condition } from './flow.ts'
import css from './graph.module.css'
import { NodeButton } from './NodeButton.tsx'

const letter = { beforeEntry: 'in', onSuccess: 'ok', onFailure: 'fail' } as const

/** What must hold at a stage's entry or exit: a diamond on the line. */
export const ConditionNode = memo(function ConditionNode({ id, data, selected }: NodeProps<Condition>) {
  const { stage, declared, view, stop } = data
  const label = conditionLabel(stage, declared, view?.status)
  return (
    <Tip text={view?.summary === undefined ? label : `${label}: ${view.summary}`}>
      <span className={css.gateBox}>
        <NodeButton
          id={id}
          node={{ kind: 'condition', stage, condition: declared.kind }}
          label={label}
          selected={selected}
          stop={stop}
          className={css.condition}
          state={conditionState(view?.status)}
        >
          <svg viewBox="0 0 26 26" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden>
            <path d="M13 2 24 13 13 24 2 13z" />
            <ConditionMark state={conditionState(view?.status)} />
          </svg>
          <span className={css.conditionWord}>{letter[declared.kind]}</span>
        </NodeButton>
        <Ends of="line" />
      </span>
    </Tip>
  )
})

function ConditionMark({ state }: { state: State }) {
  if (state === 'succeeded') return <path d="M9 13.2 12 16 17.4 10.4" />
  if (state === 'failed') return <path d="M10 10l6 6M16 10l-6 6" strokeWidth="2" />
  if (state === 'running') return <circle cx="13" cy="13" r="2.2" fill="currentColor" stroke="none" />
  return <path d="M11.4 11.4a1.7 1.7 0 1 1 2.4 1.6c-.5.3-.8.6-.8 1.2M13 16.4v.2" />
}
