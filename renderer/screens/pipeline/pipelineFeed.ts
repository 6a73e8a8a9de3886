import { useEffect, useState } from 'react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { PipelineKey, PipelineView } from '../../../preload/contract/pipelines.ts'
import { share } from '../../graph/share.ts'
import { keepSubscribed } from '../../rpc/keepSubscribed.ts'
import { rpc } from '../../rpc/rpc.ts'

/** What is known of a pipeline, and why nothing newer is. */
export interface PipelineFeed {
  view: PipelineView | undefined
  failure: FailureShape | undefined
}

/** The last views of this window: coming back shows them at once. */
const lastViews = new Map<string, PipelineView>()
const mostKept = 30

const keyOf = ({ account, region, name }: PipelineKey, of: string) => `${account}/${region}/${name}/${of}`

function keep(id: string, view: PipelineView) {
  lastViews.delete(id)
  lastViews.set(id, view)
  const [oldest] = lastViews.keys()
  if (lastViews.size > mostKept && oldest !== undefined) lastViews.delete(oldest)
}

/** Watches a pipeline as of now or of one execution, for as long as it is shown. `of` undefined watches nothing. */
export function usePipelineFeed(target: PipelineKey, of: string | undefined): PipelineFeed {
  const id = of === undefined ? undefined : keyOf(target, of)
  const { account, region, name } = target
  const [state, setState] = useState<PipelineFeed & { id: string | undefined }>({ id: undefined, ...nothing })
  useEffect(() => {
    if (id === undefined || of === undefined) return
    return keepSubscribed<PipelineView>({
      subscribe: handlers => rpc.pipelines.watch.subscribe({ key: { account, region, name }, of }, handlers),
      onData: view =>
        setState(before => {
          const shared = share(before.id === id ? before.view : lastViews.get(id), view)
          keep(id, shared)
          return { id, view: shared, failure: undefined }
        }),
      onFailure: failure =>
        setState(before => ({ id, view: before.id === id ? before.view : lastViews.get(id), failure })),
    })
  }, [id, account, region, name, of])
  if (id === undefined) return nothing
  // Never another pipeline's or execution's view, not for a moment.
  return state.id === id ? state : { view: lastViews.get(id), failure: undefined }
}

const nothing: PipelineFeed = { view: undefined, failure: undefined }
