import type { Account } from '../../preload/contract/accounts.ts'
import type { Request } from '../../preload/contract/operations.ts'
import { assertNever } from '../base/assertNever.ts'
import type { Known } from '../pipelines/known.ts'

/** What a confirmation says: short sentences, in the order in which things happen. Pure. */
export function sentences(
  request: Request,
  account: Pick<Account, 'name' | 'id' | 'environment'>,
  known: Known,
  as: string,
): { effects: string[]; warnings: string[] } {
  const { key } = request
  const { effects, warnings } = ofRequest(request, known)
  const production = account.environment === 'production' ? ', a production account' : ''
  return {
    effects: [
      `In ${account.name} (${account.id}${production}), ${key.region}, pipeline ${key.name}, as ${as}:`,
      ...effects,
    ],
    warnings,
  }
}

interface Sentences {
  effects: string[]
  warnings: string[]
}

function ofRequest(request: Request, known: Known): Sentences {
  switch (request.kind) {
    case 'decide':
      return ofDecision(request, known)
    case 'retry': {
      const what = request.mode === 'FAILED_ACTIONS' ? 'the failed actions' : 'all actions, from the first one,'
      return {
        effects: [
          `${capital(what)} of ${request.stage} run again for execution ${short(request.executionId)}${commitOf(known, request.executionId)}.`,
          'The execution keeps its id; when the stage succeeds it goes on to the next.',
        ],
        warnings: request.mode === 'ALL_ACTIONS' ? [`What ${request.stage} has deployed or built is made again.`] : [],
      }
    }
    case 'start':
      return {
        effects: [
          'A new execution starts with the newest revision of each source.',
          ...request.variables.map(({ name, value }) => `The variable ${name} is ${value}.`),
        ],
        warnings:
          known.listed.mode === 'SUPERSEDED'
            ? ['It replaces an execution that waits before a stage, when it gets there.']
            : [],
      }
    case 'stop':
      return {
        effects: [
          `Execution ${short(request.executionId)}${commitOf(known, request.executionId)} stops${request.abandon ? ' at once' : ' when its running actions have ended'}.`,
          ...(request.reason ? [`The reason recorded is “${request.reason}”.`] : []),
        ],
        warnings: request.abandon
          ? ['What the actions started elsewhere is not cancelled: a stack update, a deployment or a build goes on.']
          : [],
      }
    case 'closeTransition':
      return {
        effects: [
          `Nothing enters ${request.stage} any more; what is inside goes on.`,
          `Everybody sees the reason: “${request.reason}”.`,
        ],
        warnings: [],
      }
    case 'openTransition': {
      const waiting = known.live?.stages.find(({ name }) => name === request.stage)?.inbound[0]
      return {
        effects: [
          waiting
            ? `Execution ${short(waiting)}${commitOf(known, waiting)}, which waits, enters ${request.stage} at once.`
            : `Executions may enter ${request.stage} again. None waits now.`,
        ],
        warnings: [],
      }
    }
    case 'rollback':
      return {
        effects: [
          `A new execution of type ROLLBACK runs ${request.stage} with the revisions, variables and artifacts of ${short(request.targetExecutionId)}${commitOf(known, request.targetExecutionId)}.`,
        ],
        warnings: ['The earlier stages do not run again, and the source is not changed.'],
      }
    case 'overrideCondition': {
      const execution = `Execution ${short(request.executionId)}${commitOf(known, request.executionId)}`
      return {
        effects: [
          request.condition === 'beforeEntry'
            ? `${execution} enters ${request.stage} although its entry condition is not met.`
            : `${execution} leaves ${request.stage} as succeeded although its success condition is not met.`,
          'The condition is shown as overridden, and CloudTrail records by whom.',
        ],
        warnings: ['What its rules guard against is not checked again for this execution.'],
      }
    }
    default:
      return assertNever(request, 'request')
  }
}

function ofDecision(request: Extract<Request, { kind: 'decide' }>, { live, executions, definition }: Known): Sentences {
  const executionId = live?.stages.find(({ name }) => name === request.stage)?.latest?.executionId
  const what = executionId === undefined ? 'the execution' : `execution ${short(executionId)}`
  const commit = executionId === undefined ? '' : commitIn(executions, executionId)
  const next = nextAfter(definition, request.stage, request.action)
  return request.decision === 'Approved'
    ? {
        effects: [
          `${request.action} in ${request.stage} is approved for ${what}${commit}.`,
          next ? `Then ${next} runs.` : `Then ${request.stage} is done.`,
        ],
        warnings: [],
      }
    : {
        effects: [
          `${request.action} in ${request.stage} is rejected for ${what}${commit}.`,
          `${request.stage} fails, and nothing after it runs.`,
        ],
        warnings: [],
      }
}

/** The actions of the next run order, or the next stage. */
function nextAfter(definition: Known['definition'], stageName: string, actionName: string): string | undefined {
  const index = definition?.stages.findIndex(({ name }) => name === stageName) ?? -1
  const stage = definition?.stages[index]
  const order = stage?.actions.find(({ name }) => name === actionName)?.runOrder
  if (!stage || order === undefined) return undefined
  const later = stage.actions.filter(({ runOrder }) => runOrder > order)
  const next = Math.min(...later.map(({ runOrder }) => runOrder))
  const names = later.filter(({ runOrder }) => runOrder === next).map(({ name }) => name)
  return names.length > 0 ? names.join(' and ') : definition?.stages[index + 1]?.name
}

const short = (id: string) => id.slice(0, 8)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const commitOf = ({ executions }: Known, id: string) => commitIn(executions, id)

function commitIn(executions: Known['executions'], id: string): string {
  const revision = executions.find(execution => execution.id === id)?.revisions[0]
  if (!revision) return ''
  const [title] = (revision.summary ?? '').split('\n')
  return ` (${revision.id.slice(0, 8)}${title ? ` “${title}”` : ''})`
}
