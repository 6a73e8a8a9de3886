import { create } from 'zustand'
import type { OperationRecord, Request } from '../../preload/contract/operations.ts'

/** The journal's writes of this session, by id. */
export const useOperations = create<{ records: ReadonlyMap<string, OperationRecord> }>(() => ({ records: new Map() }))

/** Takes in a new or changed record. */
export function takeRecord(record: OperationRecord) {
  useOperations.setState(({ records }) => ({ records: new Map(records).set(record.id, record) }))
}

/** How many writes AWS has not answered yet. */
export const inFlight = ({ records }: { records: ReadonlyMap<string, OperationRecord> }): number =>
  [...records.values()].filter(({ outcome }) => outcome.state === 'requested').length

const stageOf = (request: Request) => ('stage' in request ? ` ${request.stage}` : '')

/** What was asked, in the words of the button that asked it. */
function requestText(request: Request): string {
  const of = `${request.key.name}${stageOf(request)}`
  switch (request.kind) {
    case 'decide':
      return `${request.decision === 'Approved' ? 'Approve' : 'Reject'} ${of} › ${request.action}`
    case 'retry':
      return `Retry ${request.mode === 'FAILED_ACTIONS' ? 'failed actions' : 'all actions'} of ${of}`
    case 'start':
      return `Start ${of}`
    case 'stop':
      return `${request.abandon ? 'Abandon' : 'Stop'} ${of}`
    case 'closeTransition':
      return `Close the transition into ${of}`
    case 'openTransition':
      return `Open the transition into ${of}`
    case 'rollback':
      return `Roll back ${of}`
    case 'overrideCondition':
      return `Override the ${request.condition === 'beforeEntry' ? 'entry' : 'success'} condition of ${of}`
  }
}

/** How it stands with a write, in a sentence. */
export function outcomeText({ request, outcome }: OperationRecord): string {
  const what = requestText(request)
  switch (outcome.state) {
    case 'requested':
      return `${what}: requested…`
    case 'confirmed':
      return `${what}: confirmed by AWS`
    case 'refused':
      return `${what}: refused. ${outcome.failure.message}${outcome.failure.next === undefined ? '' : ` ${outcome.failure.next}`}`
    case 'unknown':
      return `${what}: outcome unknown. ${outcome.why}`
  }
}
