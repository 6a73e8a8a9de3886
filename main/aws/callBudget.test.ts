import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { Priority } from './ask.ts'
import { judge } from './awsFailure.ts'
import { defaultLimits } from './bucket.ts'
import { type CallBudget, createCallBudget, type Wanted } from './callBudget.ts'

const at = { account: '111122223333', region: 'us-east-1' }
const throttle = () => new Failure({ code: 'ThrottlingException', message: 'Rate exceeded' })

function budgetOn(clock: ManualClock, concurrency = 100): CallBudget {
  return createCallBudget({ clock, random: () => 0.5, judge, concurrency })
}
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
/** Moves time on in small steps, letting promises run in between. */
async function pass(clock: ManualClock, ms: number) {
  for (let passed = 0; passed < ms; passed += 50) {
    clock.advance(50)
    await settle()
  }
}
const want = (same: string | undefined, send: () => Promise<string>): Wanted<string> => ({
  at,
  api: 'codepipeline:GetPipelineState',
  send,
  ...(same !== undefined && { same }),
})

describe('the call budget', () => {
  it('lets a burst through and then five a second, whoever asks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Priority>('person', 'open', 'running', 'idle', 'hidden'), {
          minLength: 1,
          maxLength: 40,
        }),
        async asks => {
          const clock = manualClock(0)
          const budget = budgetOn(clock)
          const sent: number[] = []
          const all = asks.map((priority, index) =>
            budget.run(
              want(String(index), async () => {
                sent.push(clock.now())
                return ''
              }),
              { priority },
            ),
          )
          await pass(clock, 12_000)
          await Promise.all(all)
          expect(sent.length).toBe(asks.length)
          for (const [i, time] of sent.entries()) {
            const window = sent.filter(other => other >= time - 1000 && other <= time).length
            expect(window, `call ${i}`).toBeLessThanOrEqual(defaultLimits.burst + defaultLimits.rate)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('serves a person before everybody who waits', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock)
    const order: string[] = []
    const ask = (name: string, priority: Priority) =>
      budget.run(
        want(name, async () => {
          order.push(name)
          return name
        }),
        { priority },
      )
    const all = 'abcdefgh'.split('').map(name => ask(name, 'running'))
    all.push(ask('person', 'person'))
    await pass(clock, 3000)
    await Promise.all(all)
    expect(order.indexOf('person')).toBe(defaultLimits.burst)
  })

  it('lets nobody starve: who is idle goes before running ones that came much later', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock)
    const order: string[] = []
    const ask = (name: string, priority: Priority) =>
      budget.run(
        want(name, async () => {
          order.push(name)
          return name
        }),
        { priority },
      )
    const all = [ask('idle', 'idle')]
    // Ten running ones ask each second, twice what the budget allows.
    for (let second = 0; second < 40; second++) {
      for (let each = 0; each < 10; each++) all.push(ask(`running ${second} ${each}`, 'running'))
      await pass(clock, 1000)
    }
    expect(order).toContain('idle')
    budget.stop()
    await Promise.allSettled(all)
  })

  it('keeps a bound on what is in flight in all accounts together, and long polls take no place', async () => {
    const clock = manualClock(0)
    const budget = createCallBudget({ clock, random: () => 0.5, judge, everywhere: 4 })
    let open = 0
    let most = 0
    const answers: (() => void)[] = []
    const send = () =>
      new Promise<string>(resolve => {
        most = Math.max(most, ++open)
        answers.push(() => {
          open--
          resolve('')
        })
      })
    const accounts = Array.from({ length: 10 }, (_, index) => ({ account: String(index), region: 'us-east-1' }))
    const polls = accounts.map(at =>
      budget.run(
        { at, api: 'sqs:ReceiveMessage', waits: true, send: () => new Promise<string>(() => {}) },
        { priority: 'open' },
      ),
    )
    const all = accounts.map(each => budget.run({ ...want('a', send), at: each }, { priority: 'idle' }))
    for (let round = 0; round < 10; round++) {
      await settle()
      for (const answer of answers.splice(0)) answer()
    }
    await Promise.all(all)
    expect(most).toBe(4)
    expect(budget.usage().flatMap(({ lanes }) => lanes.filter(({ api }) => api.startsWith('sqs')))).toHaveLength(
      polls.length,
    )
  })

  it('makes a call once for all who ask the same meanwhile', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock)
    let calls = 0
    let answer: (value: string) => void = () => {}
    const send = () => {
      calls++
      return new Promise<string>(resolve => {
        answer = resolve
      })
    }
    const both = [
      budget.run(want('shop', send), { priority: 'idle' }),
      budget.run(want('shop', send), { priority: 'person' }),
    ]
    await settle()
    answer('state')
    expect(await Promise.all(both)).toEqual(['state', 'state'])
    expect(calls).toBe(1)
  })

  it('asks less often after a throttled answer, tries again, and tells the meter', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock)
    let calls = 0
    const answer = budget.run(
      want('shop', async () => {
        if (++calls < 3) throw throttle()
        return 'state'
      }),
      { priority: 'open' },
    )
    await settle()
    expect(budget.usage()[0]?.lanes[0]).toMatchObject({ queued: 1, nextTryAt: expect.any(Number) })
    await pass(clock, 20_000)
    expect(await answer).toBe('state')
    expect(calls).toBe(3)
    expect(budget.usage()[0]?.lanes[0]?.ratePerSecond).toBeLessThan(defaultLimits.rate)
    expect(budget.usage()[0]?.lanes[0]?.usage.lastMinute()).toEqual({ calls: 3, throttled: 2 })
  })

  it('never repeats a write that failed for any other reason than throttling', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock)
    let calls = 0
    const unreachable = new Failure({ code: 'Unreachable', message: 'reset' })
    const write = budget.run(
      want(undefined, async () => {
        calls++
        throw unreachable
      }),
      { priority: 'person' },
    )
    const outcome = write.catch((thrown: unknown) => thrown)
    await pass(clock, 10_000)
    expect(await outcome).toBe(unreachable)
    expect(calls).toBe(1)
  })

  it('drops a waiting call when nobody wants it any more', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock, 0)
    const gone = new AbortController()
    const call = budget.run(
      want('shop', async () => 'never'),
      { priority: 'open', signal: gone.signal },
    )
    gone.abort()
    await expect(call).rejects.toMatchObject({ code: 'Aborted' })
    expect(budget.usage()[0]?.lanes[0]?.queued).toBe(0)
  })

  it('keeps accounts apart: one that throttles does not slow another', async () => {
    const clock = manualClock(0)
    const budget = budgetOn(clock)
    const slow = budget.run(
      want('a', async () => {
        throw throttle()
      }),
      { priority: 'open' },
    )
    slow.catch(() => {})
    const other = budget.run(
      { ...want('a', async () => 'quick'), at: { ...at, account: '444455556666' } },
      { priority: 'open' },
    )
    await settle()
    expect(await other).toBe('quick')
    budget.stop()
    await expect(slow).rejects.toBeInstanceOf(Failure)
  })
})
