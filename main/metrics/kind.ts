import type { TimeKind } from '../../preload/contract/metrics.ts'
import type { ActionDefinition, Definition } from '../../preload/contract/pipelines.ts'
import type { ActionFact } from '../store/history.ts'

/** What an attempt was spent on; records of an older desk have no type of their own, so the definition tells it. */
export function kindOf(
  attempt: Pick<ActionFact, 'category' | 'stage' | 'action'>,
  definition: Definition | undefined,
): TimeKind {
  switch (attempt.category ?? definedAction(definition, attempt)?.category) {
    case 'Source':
      return 'source'
    case 'Build':
      return 'build'
    case 'Test':
      return 'test'
    case 'Deploy':
      return 'deploy'
    case 'Approval':
      return 'approval'
    default:
      // Invoke, Compute, and whatever AWS adds.
      return 'invoke'
  }
}

/** The action as that definition declares it. */
export const definedAction = (
  definition: Definition | undefined,
  { stage, action }: { stage: string; action: string },
): ActionDefinition | undefined =>
  definition?.stages.find(({ name }) => name === stage)?.actions.find(({ name }) => name === action)
