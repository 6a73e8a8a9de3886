import type { PipelineView } from '../../../preload/contract/pipelines.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { rowId } from '../../stores/fleet.ts'
import { shownExecution } from './facts.ts'

/** What the shown execution costs by AWS's prices; asked for again when its state changes. */
export function useExecutionPrice(view: PipelineView) {
  const execution = shownExecution(view)
  const { key } = view.row
  const subject = `price ${rowId(key)} ${execution?.id}`
  return useAsked(subject, execution && `${subject} ${execution.state}`, () =>
    rpc.cost.execution.query({ key, executionId: execution?.id ?? '' }),
  )
}
