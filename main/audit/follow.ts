import type { PipelineKey, PipelineRow } from '../../preload/contract/pipelines.ts'
import type { Aws } from '../aws/aws.ts'
import { failureShape } from '../base/rpc.ts'
import type { Operations } from '../operations/operations.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { LedgerStore } from '../store/ledger/ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import { observations } from './observe.ts'
import { gatherVersions } from './timeMachine/gatherVersions.ts'
import type { Versions } from './timeMachine/versions.ts'

export interface FollowOptions {
  aws: Aws
  pipelines: Pipelines
  operations: Operations
  ledger: Ledger
  versions: Versions
  store: LedgerStore
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
}

const journal = 'journal'

/** Takes over the desk's own journal: each operation, once its outcome is known. Ends with the signal. */
export async function followJournal({ operations, ledger, store }: FollowOptions, signal: AbortSignal): Promise<void> {
  for await (const { change, record } of operations.watch(store.lanes.cursor(journal), signal)) {
    store.transaction(() => {
      const { account, region } = record.request.key
      if (record.outcome.state !== 'requested')
        ledger.record(account, [
          { source: 'desk', note: { what: 'operation', region, at: record.at, operation: record } },
        ])
      store.lanes.setCursor(journal, change)
    })
  }
}

/** Takes over what CodePipeline says of each pipeline that changed, and its definition's versions. */
export async function followFleet(options: FollowOptions, signal: AbortSignal): Promise<void> {
  const { pipelines, ledger } = options
  const gather = createGatherer(options, signal)
  for await (const update of pipelines.watchFleet(signal)) {
    for (const row of update.kind === 'snapshot' ? update.rows : update.changed) {
      gather(row)
      const known = pipelines.known(row.key)
      const drafts = known ? observations(known) : []
      if (drafts.length > 0) ledger.record(row.key.account, drafts)
    }
  }
}

/** One pipeline at a time in each account and region. */
function createGatherer({ aws, store, versions, log }: FollowOptions, signal: AbortSignal) {
  const lines = new Map<string, { waiting: Map<string, PipelineRow>; busy: boolean }>()
  const done = new Map<string, number>()
  const nameOf = ({ account, region, name }: PipelineKey) => `${account}/${region}/${name}`

  const work = async (line: { waiting: Map<string, PipelineRow>; busy: boolean }) => {
    line.busy = true
    for (let [next] = line.waiting; next && !signal.aborted; [next] = line.waiting) {
      const [id, { key, version }] = next
      line.waiting.delete(id)
      try {
        await gatherVersions({ aws, store, versions }, key, version, { priority: 'hidden', signal })
        done.set(id, version)
      } catch (thrown) {
        // Asked again when the pipeline changes next.
        if (!signal.aborted)
          log('info', 'The versions of a definition could not be read', { failure: failureShape(thrown) })
      }
    }
    line.busy = false
  }
  return (row: PipelineRow) => {
    const id = nameOf(row.key)
    if (done.get(id) === row.version) return
    const lineId = `${row.key.account}/${row.key.region}`
    const line = lines.get(lineId) ?? { waiting: new Map(), busy: false }
    lines.set(lineId, line)
    line.waiting.set(id, row)
    if (!line.busy) void work(line)
  }
}
