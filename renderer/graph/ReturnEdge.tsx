import { BaseEdge, type EdgeProps } from '@xyflow/react'
import { geometry } from './layout.ts'

const out = 14

/** From the end of a row to the start of the next: around its last lane, and back through the gap between the rows. */
export function ReturnEdge({ sourceX, sourceY, targetX, targetY }: EdgeProps) {
  const between = targetY - geometry.head / 2 - geometry.rowGap / 2
  const path = `M${sourceX} ${sourceY}h${out}V${between}H${targetX - geometry.gate.width / 2 - out}V${targetY}H${targetX}`
  return <BaseEdge path={path} />
}
