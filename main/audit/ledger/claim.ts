import type { EntryKind, EvidenceSource, Who } from '../../../preload/contract/audit.ts'
import { assertNever } from '../../base/assertNever.ts'
import { claimOfEvent } from './eventClaim.ts'
import { nameOf, sentence } from './operationClaim.ts'
import type { ChainRecord, DeskNote, Observation } from './record.ts'
import { whoOfArn } from './who.ts'

/** What one row of a chain says happened. An entry is what all rows that tell of the same say together. */
export interface Claim {
  source: EvidenceSource
  at: string
  account: string
  region: string
  kind: EntryKind
  name: string
  pipelines: string[]
  stage?: string
  action?: string
  executionId?: string
  version?: number
  who: Who
  words: string
  comment?: string
  refused?: { code: string; message: string }
  requestId?: string
  /** The session's key, by which an AssumeRole event may say who is behind it. */
  accessKey?: string
  /** A role or project: of interest only where a pipeline uses it. */
  subject?: string
  /** What tells it from all others of its source. */
  ownId?: string
}

const desk: Who = { kind: 'automation', name: 'this desk', how: 'raised by the desk' }

export function claimOf(record: ChainRecord): Claim {
  switch (record.source) {
    case 'cloudTrail':
    case 'file':
    case 'push':
      return claimOfEvent(record.source, record.account, record.event)
    case 'codePipeline':
      return { source: 'codePipeline', account: record.account, ...claimOfObservation(record.observed) }
    case 'desk':
      return { source: 'desk', account: record.account, ...claimOfNote(record.note) }
    default:
      return assertNever(record)
  }
}

type Bare = Omit<Claim, 'source' | 'account'>

function claimOfObservation(observed: Observation): Bare {
  const { at, region, pipeline } = observed
  const base = { at, region, pipelines: [pipeline] }
  switch (observed.what) {
    case 'approval': {
      const { stage, action, executionId, status, by, comment, actionExecutionId } = observed
      const decided = status === 'Succeeded' ? 'Approved' : 'Rejected'
      return {
        ...base,
        kind: 'approval',
        name: 'PutApprovalResult',
        stage,
        action,
        who: whoOfArn(by),
        words: `${decided} ${action} in stage ${stage} of ${pipeline}`,
        ...(executionId !== undefined && { executionId }),
        ...(comment !== undefined && { comment }),
        ownId: `approval/${region}/${pipeline}/${actionExecutionId}`,
      }
    }
    case 'transitionClosed':
      return {
        ...base,
        kind: 'transition',
        name: 'DisableStageTransition',
        stage: observed.stage,
        who: whoOfArn(observed.by),
        words: `Closed the transition into stage ${observed.stage} of ${pipeline}`,
        ...(observed.comment !== undefined && { comment: observed.comment }),
        ownId: `transition/${region}/${pipeline}/${observed.stage}/${at}`,
      }
    case 'stopped':
      return {
        ...base,
        kind: 'execution',
        name: 'StopPipelineExecution',
        executionId: observed.executionId,
        who: { kind: 'unknown', name: 'unknown', how: 'CodePipeline keeps only the reason' },
        words: `Stopped an execution of ${pipeline}`,
        comment: observed.comment,
        ownId: `stop/${region}/${pipeline}/${observed.executionId}`,
      }
    default:
      return assertNever(observed)
  }
}

function claimOfNote(note: DeskNote): Bare {
  const { at, region } = note
  switch (note.what) {
    case 'operation': {
      const { request, outcome, as, id } = note.operation
      const { key } = request
      const executionId = outcome.state === 'confirmed' ? outcome.executionId : undefined
      return {
        at: note.operation.at,
        region,
        pipelines: [key.name],
        ...nameOf(request),
        who: whoOfArn(as),
        words: sentence(request),
        ...(executionId !== undefined && { executionId }),
        ...('stage' in request && { stage: request.stage }),
        ...('action' in request && { action: request.action }),
        ...('comment' in request && request.comment !== '' && { comment: request.comment }),
        ...('reason' in request && request.reason !== '' && { comment: request.reason }),
        ...(outcome.state === 'refused' && {
          refused: { code: outcome.failure.code, message: outcome.failure.message },
        }),
        ...requestIdOf(note.operation),
        ownId: `operation/${id}`,
      }
    }
    case 'alarm': {
      const { id, kind, words, pipelines, stage, action, by, versions } = note
      return {
        at,
        region,
        pipelines,
        kind: 'alarm',
        name: kind,
        words,
        who: by === undefined ? desk : whoOfArn(by),
        ...(stage !== undefined && { stage }),
        ...(action !== undefined && { action }),
        ...(versions && { version: versions.to }),
        ownId: `alarm/${id}`,
      }
    }
    case 'signOff':
      return {
        at,
        region,
        pipelines: note.pipelines,
        kind: 'signOff',
        name: 'signOff',
        words: `Signed off: ${note.words}`,
        comment: note.note,
        who: whoOfArn(note.by),
        ownId: `signOff/${note.alarm}/${at}`,
      }
    case 'gap':
    case 'gapFilled':
      return {
        at,
        region,
        pipelines: [],
        kind: 'gap',
        name: note.what,
        words:
          note.what === 'gap'
            ? `${gapWords[note.why]}, from ${note.from} to ${note.to}`
            : `What was missing from ${note.from} to ${note.to} was read`,
        who: desk,
        ownId: `${note.what}/${region}/${note.from}/${note.to}`,
      }
    default:
      return assertNever(note)
  }
}

export const gapWords = {
  retention: 'CloudTrail no longer had the events',
  denied: 'CloudTrail could not be read: access was denied',
  truncated: 'CloudTrail ended its answer early',
} as const

function requestIdOf({
  outcome,
}: {
  outcome: { state: string; requestId?: string | undefined; failure?: { requestId?: string | undefined } }
}) {
  const requestId = outcome.requestId ?? outcome.failure?.requestId
  return requestId === undefined ? {} : { requestId }
}
