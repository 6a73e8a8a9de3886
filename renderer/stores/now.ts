import { create } from 'zustand'

/** The page's one clock: ms since the epoch, once a second while anything shows a time. */
export const useNow = create<{ now: number }>(() => ({ now: Date.now() }))

/** Starts the clock; returns the stop. A hidden window is not ticked. */
export function startClock(): () => void {
  const tick = () => {
    if (!document.hidden) useNow.setState({ now: Date.now() })
  }
  const timer = setInterval(tick, 1000)
  document.addEventListener('visibilitychange', tick)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  }
}
