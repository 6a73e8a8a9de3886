import { afterEach, describe, expect, it, vi } from 'vitest'
import { removeData, startDesk, until } from '../desk.testing.ts'

describe('a clock that is too far off for AWS to take its signatures', { timeout: 60_000 }, () => {
  afterEach(() => vi.useRealTimers())

  it.each([
    { off: 20 * 60_000, word: 'ahead' },
    { off: -20 * 60_000, word: 'behind' },
  ])('is said with how much it is $word', async ({ off }) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + off, shouldAdvanceTime: true })
    // The cloud is a process of its own, with the true time.
    const desk = await startDesk({ empty: true })
    const told = await until(desk.caller.accounts.watch(), ({ clockAheadMs }) => clockAheadMs !== undefined)
    expect(Math.abs((told.clockAheadMs ?? 0) - off)).toBeLessThan(10_000)
    const stopped = await until(desk.caller.accounts.watch(), ({ accounts }) =>
      accounts.some(({ session }) => session.state === 'unusable'),
    )
    expect(stopped.accounts[0]?.session).toMatchObject({ failure: { code: 'ClockSkew' } })
    await desk.stop()
    removeData(desk)
  })
})
