import type { EntryKind } from '../../../preload/contract/audit.ts'
import type { Request } from '../../../preload/contract/operations.ts'
import { assertNever } from '../../base/assertNever.ts'

/** The API operation that the desk sends for a request, and what kind of entry it makes. */
export function nameOf(request: Request): { kind: EntryKind; name: string } {
  switch (request.kind) {
    case 'decide':
      return { kind: 'approval', name: 'PutApprovalResult' }
    case 'retry':
      return { kind: 'execution', name: 'RetryStageExecution' }
    case 'start':
      return { kind: 'execution', name: 'StartPipelineExecution' }
    case 'stop':
      return { kind: 'execution', name: 'StopPipelineExecution' }
    case 'rollback':
      return { kind: 'execution', name: 'RollbackStage' }
    case 'overrideCondition':
      return { kind: 'execution', name: 'OverrideStageCondition' }
    case 'closeTransition':
      return { kind: 'transition', name: 'DisableStageTransition' }
    case 'openTransition':
      return { kind: 'transition', name: 'EnableStageTransition' }
    default:
      return assertNever(request)
  }
}

export function sentence(request: Request): string {
  const { name } = request.key
  switch (request.kind) {
    case 'decide':
      return `${request.decision} ${request.action} in stage ${request.stage} of ${name}`
    case 'retry':
      return `Retried stage ${request.stage} of ${name}`
    case 'start':
      return `Started ${name}`
    case 'stop':
      return `Stopped an execution of ${name}${request.abandon ? ' and abandoned what ran' : ''}`
    case 'rollback':
      return `Rolled back stage ${request.stage} of ${name}`
    case 'overrideCondition':
      return `Overrode the ${request.condition === 'beforeEntry' ? 'entry' : 'success'} condition of stage ${request.stage} of ${name}`
    case 'closeTransition':
      return `Closed the transition into stage ${request.stage} of ${name}`
    case 'openTransition':
      return `Opened the transition into stage ${request.stage} of ${name}`
    default:
      return assertNever(request)
  }
}
