import { describe, expect, it } from 'vitest'
import { manualClock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { judge } from './awsFailure.ts'
import { createCallBudget } from './callBudget.ts'
import { createMeter } from './meter.ts'

const at = { account: '111122223333', region: 'us-east-1' }
const answer = async (same: string) => {
  if (same === 'throttled') throw new Failure({ code: 'ThrottlingException', message: 'Rate exceeded' })
  return ''
}
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('the call meter', () => {
  /** Seconds at which the meter was told, while `each` happens at the start of every second. */
  async function told(seconds: number, each: (call: (id: string) => void, second: number) => void) {
    const end = new AbortController()
    const clock = manualClock(0)
    const budget = createCallBudget({ clock, random: () => 0.5, judge, concurrency: 100 })
    const times: number[] = []
    void (async () => {
      for await (const { asOf } of createMeter(budget, clock).watch(end.signal)) times.push(Date.parse(asOf) / 1000)
    })()
    await settle()
    const call = (same: string) => {
      // What still waits at the end is given up with the budget.
      budget
        .run({ at, api: 'codepipeline:GetPipelineState', same, send: () => answer(same) }, { priority: 'idle' })
        .catch(() => {})
    }
    for (let second = 0; second < seconds; second++) {
      each(call, second)
      for (let step = 0; step < 20; step++) {
        clock.advance(50)
        await settle()
      }
    }
    budget.stop()
    end.abort()
    return times
  }

  it('is told at once, and then each five seconds while no call waits', async () => {
    expect(await told(20, (call, second) => call(String(second)))).toEqual([0, 5, 10, 15, 20])
  })

  it('is told each second while calls keep waiting', async () => {
    const times = await told(6, (call, second) => {
      if (second === 0) for (let each = 0; each < 45; each++) call(String(each))
    })
    expect(times).toEqual([0, 2, 3, 4, 5, 6])
  })

  it('is told no sooner for calls that leave together and wait for each other a moment', async () => {
    const times = await told(20, (call, second) => {
      if (second % 5 === 3) for (let each = 0; each < 12; each++) call(`${second} ${each}`)
    })
    expect(times).toEqual([0, 5, 10, 15, 20])
  })

  it('is told at the next second when AWS throttles', async () => {
    const times = await told(3, (call, second) => {
      if (second === 0) call('throttled')
    })
    expect(times.slice(0, 2)).toEqual([0, 1])
  })

  it('is not told again when nothing changed', async () => {
    expect(await told(20, () => {})).toEqual([0])
  })
})
