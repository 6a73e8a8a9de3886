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

/** How often a screen's figures are told anew while much is read: they would flicker, and each costs main a look. */
const tellings = 20

/** Changes when so much more of the past is known that figures should be asked for again. */
export const useKnownPast = (): string =>
  useHistory(({ progress }) => {
    if (!progress) return ''
    const { days, state, read, pipelines, sources } = progress
    const executions = sources.reduce((sum, source) => sum + source.executions, 0)
    // Steps, so that a thousand pipelines are not a thousand questions.
    return state === 'reading' && pipelines > 0
      ? `${days} ${Math.floor((read / pipelines) * tellings)}`
      : `${days} ${state} ${read} ${executions}`
  })

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

/** What can be asked for: this month and the one before, a quarter, all that CodePipeline keeps. */
export const readings = [30, 90, 365] as const

/**
 * Begins to read so many days when a screen that needs them opens, once progress is known: nobody should have to ask
 * for what the screen is there for. Not where somebody paused it.
 */
export function needHistory(days: number): () => void {
  const begin = ({ progress }: HistoryState) => {
    if (!progress || progress.state === 'paused' || progress.days >= days) return false
    void readHistory(readings.find(offered => offered >= days) ?? 365)
    return true
  }
  if (begin(useHistory.getState())) return () => {}
  const stop = useHistory.subscribe(state => {
    if (state.progress) {
      stop()
      begin(state)
    }
  })
  return stop
}

/** Reads what is missing of that many days, behind everything else. */
export const readHistory = (days: number) => change(rpc.metrics.readHistory.mutate({ days }))
export const pauseHistory = () => change(rpc.metrics.pauseHistory.mutate({}))
