import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { Finding } from '../../../preload/contract/auditReview.ts'
import type { ActionDetail, ExecutionSummary, PipelineKey } from '../../../preload/contract/pipelines.ts'
import { committedBy, samePerson } from './samePerson.ts'

/** An approval that was given, with all that is known around it. */
export interface Approval {
  key: PipelineKey
  entry: LedgerEntry
  stage: string
  action: string
  execution: ExecutionSummary | undefined
  /** The approval's action execution: since when it could be read, and what it said. */
  detail: ActionDetail | undefined
  /** Who made the versions that run for the first time past this approval. */
  editors: Who[]
}

/** 240 words a minute, a practised reader's pace; and nobody opens, reads and decides within 10 seconds. */
const wordsPerSecond = 4
const least = 10

/** How long reading takes what an approver must read: revisions, the approval's own text. s */
export function readingTime(execution: ExecutionSummary | undefined, detail: ActionDetail | undefined): number {
  const texts = [
    ...(execution?.revisions ?? []).map(({ summary = '' }) => summary),
    detail?.configuration.CustomData ?? '',
  ]
  const words = texts.join(' ').split(/\s+/).filter(Boolean).length
  return Math.max(least, Math.ceil(words / wordsPerSecond))
}

/** What of one approval a reviewer should look at. */
export function findingsOf(approval: Approval): Finding[] {
  const { key, entry, stage, action, execution, detail, editors } = approval
  const { who } = entry
  const executionId = execution?.id ?? detail?.executionId ?? entry.executionId ?? ''
  const revisions = execution?.revisions ?? []
  const committers = [...new Set(revisions.flatMap(({ author }) => author ?? []))]
  const committed = who.kind === 'person' ? revisions.filter(revision => committedBy(revision, who.name)) : []
  const edited = who.kind === 'person' ? editors.filter(editor => samePerson(editor.name, who.name)) : []
  const [editor = editors[0]] = edited
  const finding = (kind: Finding['kind'], words: string, more: Partial<Finding> = {}): Finding => ({
    id: `${kind}/${entry.id}`,
    kind,
    at: entry.at,
    key,
    executionId,
    stage,
    action,
    words,
    people: { approver: who, committers, ...(editor && { editor }) },
    entry: entry.id,
    ...more,
  })
  const by = who.name
  const separation =
    committed.length > 0 && edited.length > 0
      ? [finding('onePersonAll', `${by} committed the change, edited the definition and approved it`)]
      : [
          ...(committed.length > 0 ? [finding('approverCommitted', `${by} approved what they had committed`)] : []),
          ...(edited.length > 0
            ? [finding('approverEdited', `${by} approved under a definition that they had edited`)]
            : []),
        ]
  const taken = detail === undefined ? undefined : (Date.parse(entry.at) - Date.parse(detail.startedAt)) / 1000
  const needed = readingTime(execution, detail)
  return [
    ...separation,
    ...(taken !== undefined && taken >= 0 && taken < needed && who.kind !== 'automation'
      ? [
          finding(
            'tooFast',
            `${by} approved ${taken < 1 ? 'within a second' : `${Math.round(taken)} s after it was asked`}; reading takes about ${needed} s`,
            { seconds: { taken, needed } },
          ),
        ]
      : []),
    ...(who.kind === 'automation' ? [finding('byAutomation', `${by} approved: no person did`)] : []),
  ]
}
