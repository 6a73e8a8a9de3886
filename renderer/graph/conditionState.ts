import type { State } from '../../preload/contract/base.ts'

/** AWS's ConditionExecutionStatus as one of the desk's states. */
export function conditionState(status: string | undefined): State {
  switch (status) {
    case 'Succeeded':
    case 'Overridden':
      return 'succeeded'
    case 'Failed':
    case 'Errored':
      return 'failed'
    case 'InProgress':
      return 'running'
    case 'Cancelled':
    case 'Abandoned':
      return 'cancelled'
    default:
      return 'notRun'
  }
}
