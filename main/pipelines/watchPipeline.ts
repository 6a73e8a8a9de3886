import type { FailureShape } from '../../preload/contract/base.ts'
import type { PipelineKey, PipelineView } from '../../preload/contract/pipelines.ts'
import type { Ask } from '../aws/ask.ts'
import { isPassing } from '../aws/awsFailure.ts'
import { failureShape } from '../base/rpc.ts'
import { viewWorthTelling } from './changes.ts'
import { createLook, type LookOptions } from './look.ts'

/** The view as of now or of one execution, a new one on each change. */
export async function* watchPipeline(
  options: LookOptions,
  key: PipelineKey,
  of: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<PipelineView, void, void> {
  const { store, bell, records } = options
  const ask: Ask = { priority: 'open', signal }
  const look = createLook(options, key, of)
  let told: PipelineView | undefined
  if (of === 'now' && !options.known()?.live) {
    told = store.fleet.view(key)
    if (told) yield told
  }
  void records.ensureHistory(key, ask).then(
    () => bell.ring(),
    () => {},
  )
  for await (const _ of bell.rings(signal)) {
    const view = await look.view(ask).catch((thrown: unknown) => {
      // What may pass leaves the last view on the screen; its row says what is wrong.
      if (mayPass(failureShape(thrown), told !== undefined)) return undefined
      throw thrown
    })
    if (!view) continue
    if (!told || viewWorthTelling(told, view)) {
      told = view
      yield view
      if (of === 'now') options.keep(() => store.fleet.putView(view))
    }
    look.enrich(ask)
  }
}

/** Whether the stream goes on: a pipeline that is gone ends it, and so does a first view that can never be made. */
function mayPass(failure: FailureShape, told: boolean): boolean {
  if (failure.code === 'PipelineNotFound') return false
  return told || isPassing(failure)
}
