import { create } from 'zustand'
import type { FailureShape } from '../../preload/contract/base.ts'
import type { HistoryProgress } from '../../preload/contract/metrics.ts'
import { failureOf } from '../rpc/failureOf.ts'
import { keepSubscribed } from '../rpc/keepSubscribed.ts'
import { rpc } from '../rpc/rpc.ts'

interface HistoryState {
  progress: HistoryProgress | undefined
  failure: FailureShape | undefined
}

/** How far the past is known that Insights and Cost compute from. */
export const useHistory = create<HistoryState>(() => ({ progress: undefined, failure: undefined }))

/** Follows it for as long as a screen that computes from it is open; returns the stop. */
export function followHistory(): () => void {
  return keepSubscribed<HistoryProgress>({
    subscribe: handlers => rpc.metrics.watchHistory.subscribe({}, handlers),
    onData: progress => useHistory.setState({ progress, failure: undefined }),
    onFailure: failure => useHistory.setState({ failure }),
  })
}

async function change(asked: Promise<HistoryProgress>) {
  try {
    useHistory.setState({ progress: await asked, failure: undefined })
  } catch (thrown) {
    useHistory.setState({ failure: failureOf(thrown) })
  }
}

/** Reads what is missing of that many days, behind everything else. */
export const readHistory = (days: number) => change(rpc.metrics.readHistory.mutate({ days }))
export const pauseHistory = () => change(rpc.metrics.pauseHistory.mutate({}))
