import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { stateWord } from '../components/state.ts'
import { stageCount, stageLabel } from './describe.ts'
import { Ends } from './Ends.tsx'
import type { LaneNode as Lane } from './flow.ts'
import css from './graph.module.css'
import { NodeButton } from './NodeButton.tsx'
import { NodeTook } from './NodeTook.tsx'

/** A stage. Near and mid it is the lane behind its actions; far it stands for them. */
export const LaneNode = memo(function LaneNode({ id, data, selected }: NodeProps<Lane>) {
  const count = stageCount(data)
  const entered = data.startedAt !== undefined || data.durationMs !== undefined
  return (
    <div className={css.lane} data-columns={data.columns} data-state={data.state} data-selected={selected || undefined}>
      <NodeButton
        id={id}
        node={{ kind: 'stage', stage: data.name }}
        label={stageLabel(data)}
        selected={selected}
        stop={data.stop}
        className={css.laneHead}
      >
        <StateGlyph state={data.state} decorative />
        <b className={css.name}>{data.name}</b>
        <span className={css.laneSide}>
          {count !== undefined && <span className={css.count}>{count}</span>}
          <span>{entered ? <NodeTook of={data} /> : stateWord[data.state].toLowerCase()}</span>
        </span>
        <span className={css.laneFar}>
          {data.actions} {data.actions === 1 ? 'action' : 'actions'}
          {data.failed > 0 && `, ${data.failed} failed`}
          {data.retries > 0 && `, retried ${data.retries === 1 ? 'once' : `${data.retries} times`}`}
        </span>
      </NodeButton>
      <Ends of="lane" />
    </div>
  )
})
