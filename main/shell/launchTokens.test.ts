import { describe, expect, it } from 'vitest'
import { manualClock } from '../base/clock.ts'
import { createLaunchTokens } from './launchTokens.ts'

describe('a launch token', () => {
  it('buys one session, once', () => {
    const tokens = createLaunchTokens(manualClock())
    const token = tokens.issue(60_000)
    const session = tokens.redeem(token)
    expect(session !== undefined && tokens.isSession(session)).toBe(true)
    expect(tokens.redeem(token)).toBeUndefined()
  })

  it('is worthless after its time', () => {
    const clock = manualClock()
    const tokens = createLaunchTokens(clock)
    const token = tokens.issue(60_000)
    clock.advance(60_001)
    expect(tokens.redeem(token)).toBeUndefined()
  })

  it('is no session itself, and a guess is neither', () => {
    const tokens = createLaunchTokens(manualClock())
    expect(tokens.isSession(tokens.issue(60_000))).toBe(false)
    expect(tokens.redeem('guess')).toBeUndefined()
    expect(tokens.isSession('')).toBe(false)
  })
})
