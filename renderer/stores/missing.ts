import { useEffect } from 'react'
import { create } from 'zustand'
import type { MissingPermission } from '../../preload/contract/operations.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import { rpc } from '../rpc/rpc.ts'
import { useAccounts } from './accounts.ts'
import { useOperations } from './operations.ts'

interface MissingState {
  /** Of which pipeline. */
  of: string
  missing: readonly MissingPermission[]
}

/** What IAM does not allow the desk to do to the pipeline that is open. */
export const useMissing = create<MissingState>(() => ({ of: '', missing: [] }))

const idOf = ({ account, region, name }: PipelineKey) => `${account}/${region}/${name}`

/** Asks again; `anew` also of IAM, which is otherwise asked at most every few minutes. */
export async function askMissing(key: PipelineKey, anew: boolean): Promise<void> {
  const of = idOf(key)
  // Where it can't be told nothing is disabled: AWS has the last word anyway.
  const missing = await rpc.operations.permissions.query({ key, anew }).catch(() => [])
  if (useMissing.getState().of === of) useMissing.setState({ missing })
}

/** Keeps {@link useMissing} that of the pipeline for as long as it is open. */
export function useMissingOf(key: PipelineKey): void {
  const id = idOf(key)
  const valid = useAccounts(({ accounts }) => accounts.find(each => each.id === key.account)?.session.state === 'valid')
  const refusals = useOperations(
    ({ records }) =>
      [...records.values()].filter(({ request, outcome }) => idOf(request.key) === id && outcome.state === 'refused')
        .length,
  )
  useEffect(() => {
    if (useMissing.getState().of !== id) useMissing.setState({ of: id, missing: [] })
    const [account = '', region = '', name = ''] = id.split('/')
    if (valid) void askMissing({ account, region, name }, false)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a refusal is when there is something new to learn
  }, [id, valid, refusals])
}

/** Why a control can't work: IAM's action and the resource, or undefined where nothing is known to speak against it. */
export function missingText(
  missing: readonly MissingPermission[],
  action: string,
  resource: string,
): string | undefined {
  const found = missing.find(each => each.action === `codepipeline:${action}` && each.resource.endsWith(`:${resource}`))
  return found && `IAM does not allow you ${found.action} on ${found.resource}`
}
