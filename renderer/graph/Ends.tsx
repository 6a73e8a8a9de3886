import { Handle, Position } from '@xyflow/react'
import css from './graph.module.css'
import { geometry } from './layout.ts'

/** Where the connecting line meets a node: at a lane's head, or behind the middle of a gate or a diamond. */
export function Ends({ of }: { of: 'lane' | 'line' }) {
  const style = of === 'lane' ? { top: geometry.head / 2 } : {}
  return (
    <>
      <Handle
        type="target"
        position={Position.Left}
        isConnectable={false}
        className={css.end}
        style={{ ...style, ...(of === 'line' && { left: '50%' }) }}
      />
      <Handle
        type="source"
        position={Position.Right}
        isConnectable={false}
        className={css.end}
        style={{ ...style, ...(of === 'line' && { right: '50%' }) }}
      />
    </>
  )
}
