import { describe, expect, it } from 'vitest'
import { forgotten, overlap, readAfter, readOf, retention, windowOf } from './window.ts'

const day = 86_400_000
const now = 1_000 * day
const lane = { account: '111122223333', region: 'us-east-1', name: 'UpdatePipeline', window: undefined }

describe('what is to be read', () => {
  it('is all that CloudTrail keeps, the first time', () => {
    expect(windowOf({ read: undefined, window: undefined }, now)).toEqual({
      from: now - retention,
      to: now,
      reached: now,
    })
  })
  it('begins before the end of the last reading, for what was delivered late', () => {
    const read = { from: now - 9 * day, to: now - day }
    expect(windowOf({ read, window: undefined }, now).from).toBe(now - day - overlap)
    expect(readAfter({ read }, windowOf({ read, window: undefined }, now))).toEqual({ from: read.from, to: now })
  })
  it('is the rest of what was begun, after a killed desk', () => {
    const window = { from: 1, to: 9, reached: 5 }
    expect(windowOf({ read: undefined, window }, now)).toBe(window)
  })
  it('leaves a gap where the desk was off for longer than CloudTrail remembers', () => {
    const read = { from: now - 300 * day, to: now - 100 * day }
    const window = windowOf({ read, window: undefined }, now)
    expect(forgotten({ ...lane, read }, window)).toMatchObject({ why: 'retention', from: read.to, to: now - retention })
    expect(
      forgotten({ ...lane, read: { ...read, to: now - day } }, windowOf({ read, window: undefined }, now)),
    ).toBeUndefined()
  })
  it('is complete in a region only as far as every name is', () => {
    const other = { ...lane, name: 'CreatePipeline', read: { from: 20, to: 80 } }
    expect(readOf([{ ...lane, read: { from: 10, to: 90 } }, other], ['UpdatePipeline', 'CreatePipeline'])).toEqual({
      from: 20,
      to: 80,
    })
    expect(readOf([other], ['UpdatePipeline', 'CreatePipeline'])).toBeUndefined()
  })
})
