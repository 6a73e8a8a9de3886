import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import type { LogUpdate, PipelineKey } from '../../../../preload/contract/pipelines.ts'
import { keepSubscribed } from '../../../rpc/keepSubscribed.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { createLogBuffer, type LogBuffer, type LogState } from './logBuffer.ts'

/** The last logs of this window, so that going from tab to tab reads none of them twice. */
const kept = new Map<string, LogBuffer>()
const mostKept = 6

function bufferOf(actionExecutionId: string): LogBuffer {
  const buffer = kept.get(actionExecutionId) ?? createLogBuffer()
  kept.delete(actionExecutionId)
  kept.set(actionExecutionId, buffer)
  const [oldest] = kept.keys()
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  return buffer
}

export interface Log extends LogState {
  failure: FailureShape | undefined
}

const noLog: LogState = { lines: [], none: undefined, ended: false }
const never = () => () => {}
const nothing = () => noLog

/** An action's log, live while it is shown; nothing while `actionExecutionId` is undefined. */
export function useLog({ account, region, name }: PipelineKey, actionExecutionId: string | undefined): Log {
  const buffer = useMemo(
    () => (actionExecutionId === undefined ? undefined : bufferOf(actionExecutionId)),
    [actionExecutionId],
  )
  const [refused, setRefused] = useState<{ buffer: LogBuffer; failure: FailureShape | undefined }>()
  useEffect(() => {
    if (actionExecutionId === undefined || !buffer || buffer.state().ended) return
    const stop = keepSubscribed<LogUpdate>({
      subscribe: handlers =>
        rpc.pipelines.tailLog.subscribe({ key: { account, region, name }, actionExecutionId }, handlers),
      onData: update => {
        buffer.take(update)
        // The stream ends here; what ended is not to be asked for again.
        if (update.kind === 'end') stop()
      },
      onFailure: failure => setRefused({ buffer, failure }),
    })
    return stop
  }, [account, region, name, actionExecutionId, buffer])
  const state = useSyncExternalStore(buffer?.subscribe ?? never, buffer?.state ?? nothing)
  return { ...state, failure: refused?.buffer === buffer ? refused?.failure : undefined }
}
