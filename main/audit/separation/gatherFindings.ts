import type { LedgerEntry } from '../../../preload/contract/audit.ts'
import type { Finding, FindingFilter } from '../../../preload/contract/auditReview.ts'
import type { ActionDetail, PipelineKey } from '../../../preload/contract/pipelines.ts'
import type { Store } from '../../store/store.ts'
import type { Versions } from '../timeMachine/versions.ts'
import { type Approval, findingsOf } from './findings.ts'

/** Approvals that are looked at, the newest; and how many findings are told. */
const most = { approvals: 2_000, findings: 500 }
/** CloudTrail's second and CodePipeline's own clock. ms */
const apart = 10_000

/** What a reviewer should look at, newest first. */
export function gatherFindings(store: Store, versions: Versions, filter: FindingFilter): Finding[] {
  return store.ledger.entries
    .search({ ...filter, kinds: ['approval'], refused: false }, undefined, most.approvals)
    .filter(({ words }) => words.startsWith('Approved'))
    .flatMap(entry => findingsOf(approvalOf(store, versions, entry)))
    .slice(0, most.findings)
}

function approvalOf(store: Store, versions: Versions, entry: LedgerEntry): Approval {
  const { stage = '', action = '', pipeline = '' } = entry
  const key: PipelineKey = { account: entry.account, region: entry.region, name: pipeline }
  const detail = detailOf(store, entry)
  const execution = detail && store.executions.get(key, detail.executionId)
  const editors = detail ? editedSince(store, key, detail) : []
  return {
    key,
    entry,
    stage,
    action,
    execution,
    detail,
    editors: editors.flatMap(version => versions.authorOf(store.ledger.versions.get(key, version)) ?? []),
  }
}

/** The action execution that an approval's entry ended. */
export function detailOf(store: Store, { account, region, pipeline: name = '', ...entry }: LedgerEntry) {
  return store.actionExecutions
    .ofAction({ account, region, name }, entry.stage ?? '', entry.action ?? '', 50)
    .find(each => !each.sample && Math.abs(Date.parse(each.updatedAt) - Date.parse(entry.at)) <= apart)
}

/** The version of an execution and those since the last one that went past the same approval. */
function editedSince(store: Store, key: PipelineKey, detail: ActionDetail): number[] {
  const current = detail.version ?? store.executions.get(key, detail.executionId)?.version
  if (current === undefined) return []
  const before = store.actionExecutions
    .ofAction(key, detail.stage, detail.action, 50)
    .find(each => each.startedAt < detail.startedAt && each.state === 'succeeded' && !each.sample)
  const first = before?.version === undefined ? current : Math.min(before.version + 1, current)
  // The version itself counts only where it is new here: an old one was looked at when it was.
  return before?.version === current ? [] : Array.from({ length: current - first + 1 }, (_, index) => first + index)
}
