import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Tip } from '../components/Tip.tsx'
import { shortId } from '../format/ids.ts'
import { gateLabel } from './describe.ts'
import { Ends } from './Ends.tsx'
import type { GateNode as Gate } from './flow.ts'
import { GateGlyph } from './GateGlyph.tsx'
import css from './graph.module.css'
import { NodeButton } from './NodeButton.tsx'

/** The transition into a stage, and the executions that wait before it. */
export const GateNode = memo(function GateNode({ id, data, selected }: NodeProps<Gate>) {
  const { stage, transition, inbound, stop } = data
  const label = gateLabel(stage, transition, inbound)
  return (
    <Tip text={label} keys="T">
      <span className={css.gateBox}>
        <NodeButton
          id={id}
          node={{ kind: 'gate', stage }}
          label={label}
          selected={selected}
          stop={stop}
          className={css.gate}
          state={transition.open ? 'notRun' : 'waiting'}
        >
          <GateGlyph open={transition.open} />
          {inbound.length > 0 && (
            <span className={css.queue}>
              <span className={css.queueCount}>
                {inbound.length}
                <span className={css.queueWord}> waits</span>
              </span>
              <span className={css.queueIds}>{inbound.slice(0, 3).map(shortId).join(' ')}</span>
            </span>
          )}
        </NodeButton>
        <Ends of="line" />
      </span>
    </Tip>
  )
})
