import { describe, expect, it } from 'vitest'
import { type After, type Handlers, keepSubscribed } from './keepSubscribed.ts'

function stage() {
  const subscribed: { handlers: Handlers<number>; left: boolean }[] = []
  const pauses: number[] = []
  let due = () => {}
  const after: After = (ms, run) => {
    pauses.push(ms)
    due = run
    return () => (due = () => {})
  }
  const seen: number[] = []
  const failures: (string | undefined)[] = []
  const stop = keepSubscribed<number>(
    {
      subscribe: handlers => {
        const one = { handlers, left: false }
        subscribed.push(one)
        return { unsubscribe: () => (one.left = true) }
      },
      onData: value => seen.push(value),
      onFailure: failure => failures.push(failure?.message),
    },
    after,
  )
  const latest = () => subscribed[subscribed.length - 1]!
  return { subscribed, pauses, seen, failures, stop, latest, wait: () => due() }
}

describe('a kept subscription', () => {
  it('asks again after a refusal, each time later, and at once again when data has flowed', () => {
    const { latest, wait, pauses, failures, seen } = stage()
    for (let refusal = 0; refusal < 7; refusal++) {
      latest().handlers.onError(new Error('no'))
      wait()
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000])
    latest().handlers.onData(1)
    latest().handlers.onComplete()
    expect(pauses.at(-1)).toBe(500)
    expect(seen).toEqual([1])
    expect(failures).toEqual([...Array<string>(7).fill('no'), undefined])
  })

  it('leaves the subscription, or gives up the next try, when it is no longer wanted', () => {
    const running = stage()
    running.stop()
    expect(running.latest().left).toBe(true)
    const pausing = stage()
    pausing.latest().handlers.onError(new Error('no'))
    pausing.stop()
    pausing.wait()
    expect(pausing.subscribed).toHaveLength(1)
  })
})
