import { randomUUID } from 'node:crypto'
import type { Account } from '../../preload/contract/accounts.ts'
import type { OperationRecord, Outcome, Request } from '../../preload/contract/operations.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import { createBell } from '../base/bell.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { failureShape } from '../base/rpc.ts'
import type { Known } from '../pipelines/known.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { ActionExecutionStore } from '../store/actionExecutions.ts'
import type { JournalStore } from '../store/journal.ts'
import { accountRefusal, mustTypeName, nameRefusal, permissionRefusal } from './guard.ts'
import { needed, neededAnywhere, withPolicy } from './needed.ts'
import type { Operations } from './operations.ts'
import { refusal } from './possible.ts'
import { sentences } from './preview.ts'
import { rollbackCandidates } from './rollbackCandidates.ts'
import { send } from './send.ts'

export interface OperationsOptions {
  aws: Aws
  accounts: Accounts
  pipelines: Pipelines
  journal: JournalStore
  actions: ActionExecutionStore
  clock: Clock
}

export function createOperations({ aws, accounts, pipelines, journal, actions, clock }: OperationsOptions): Operations {
  const bell = createBell()
  const now = () => new Date(clock.now()).toISOString()
  const caller = (account: Account | undefined) =>
    account?.session.state === 'valid' ? account.session.as : 'nobody yet'

  /** What AWS says of the pipeline in this moment, not what the screen was drawn from. */
  const fresh = async (key: PipelineKey): Promise<Known> => {
    await pipelines.refreshed(key)
    const known = pipelines.known(key)
    if (known?.live) return known
    throw new Failure({
      code: 'PipelineUnknown',
      message: `What ${key.name} is doing could not be read just now, so nothing was sent.`,
      place: { account: key.account, region: key.region, pipeline: key.name },
      next: known?.problem?.next ?? 'Try again when the pipeline can be read.',
      cause: known?.problem,
    })
  }

  const write = (record: OperationRecord): OperationRecord => {
    journal.put(record)
    bell.ring()
    return record
  }

  /** Everything that speaks against a request before it is sent. */
  const check = async (request: Request): Promise<{ account: Account; known: Known }> => {
    const account = accounts.get(request.key.account)
    const refused = accountRefusal(request, account)
    if (refused || !account) throw refused ?? new Failure({ code: 'AccountUnknown', message: 'Unknown account.' })
    const known = await fresh(request.key)
    const impossible = refusal(request, known)
    if (impossible) throw impossible
    return { account, known }
  }

  return {
    async preview(request) {
      const account = accounts.get(request.key.account)
      const as = caller(account)
      const base = { request, as, mustTypeName: account !== undefined && mustTypeName(account) }
      const known = pipelines.known(request.key)
      const told = account && known ? sentences(request, account, known, as) : { effects: [], warnings: [] }
      try {
        const checked = await check(request)
        const sure = { ...base, ...sentences(request, checked.account, checked.known, as) }
        // Here and not in `perform`: who sends it all the same is answered by AWS, which has the last word.
        const [missing] = await accounts.missing(checked.account.id, [needed(request, as)])
        return missing
          ? { ...sure, missing: withPolicy(missing), impossible: permissionRefusal(request, missing) }
          : sure
      } catch (thrown) {
        return { ...base, ...told, impossible: failureShape(thrown) }
      }
    },

    async perform(request) {
      const account = accounts.get(request.key.account)
      // The typed name has done its work once it was compared.
      const { typedName: _, ...rest } = request
      const record = write({
        id: randomUUID(),
        at: now(),
        as: caller(account),
        request: rest,
        outcome: { state: 'requested' },
      })
      const end = (outcome: Outcome) => write({ ...record, outcome })
      try {
        const unnamed = account && nameRefusal(request, account)
        if (unnamed) throw unnamed
        const { known } = await check(request)
        const { executionId, requestId } = await send(aws, request, known, record.id)
        return end({
          state: 'confirmed',
          at: now(),
          ...(executionId !== undefined && { executionId }),
          ...(requestId !== undefined && { requestId }),
        })
      } catch (thrown) {
        return end(outcomeOf(thrown, now()))
      } finally {
        if (pipelines.known(request.key)) pipelines.refresh(request.key)
      }
    },

    async *watch(after, signal) {
      let seen = after ?? journal.lastChange()
      for await (const _ of bell.rings(signal)) {
        for (const entry of journal.changedAfter(seen)) {
          seen = entry.change
          yield entry
        }
      }
    },
    recent: (limit, key) => journal.recent(limit, key),

    async rollbackCandidates(key, stage) {
      const account = accounts.get(key.account)
      const refused = accountRefusal({ kind: 'openTransition', key, stage }, account && { ...account, readOnly: false })
      if (refused) throw refused
      const known = await fresh(key)
      const ask = { priority: 'person' } as const
      const [executions, succeeded] = await Promise.all([
        aws.codePipeline.executions(key, 50, ask),
        aws.codePipeline.executions(key, 100, ask, stage),
      ])
      return rollbackCandidates({
        executions,
        succeeded: new Set(succeeded.map(({ id }) => id)),
        current: known.live?.stages.find(({ name }) => name === stage)?.latest?.executionId,
        stage,
        version: known.listed.version,
        versionOf: id => actions.ofExecution(key, id)[0]?.version,
      })
    },

    async permissions(key, anew) {
      const account = accounts.get(key.account)
      const definition = pipelines.known(key)?.definition
      // Without either nothing can be done here anyway, for reasons of which the screen tells.
      if (account?.session.state !== 'valid' || !definition) return []
      const wanted = neededAnywhere(key, definition, account.session.as)
      return (await accounts.missing(key.account, wanted, anew)).map(withPolicy)
    },

    recover() {
      for (const record of journal.requested()) {
        write({
          ...record,
          outcome: {
            state: 'unknown',
            at: now(),
            why: 'The desk ended between sending this and hearing the answer. What the pipeline shows now is the truth.',
          },
        })
      }
    },
  }
}

/** A call that was sent but not answered may have been heard; anything else was refused. */
function outcomeOf(thrown: unknown, at: string): Outcome {
  const failure = failureShape(thrown)
  const unheard = failure.code === 'Unreachable' || failure.code === 'UnexpectedAnswer' || failure.code === 'Aborted'
  return unheard
    ? { state: 'unknown', at, why: `${failure.message} Whether AWS heard it, the pipeline itself will show.` }
    : { state: 'refused', at, failure }
}
