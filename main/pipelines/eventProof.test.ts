import { describe, expect, it } from 'vitest'
import { createEventProof } from './eventProof.ts'

describe('the proof that events tell of changes', () => {
  it('is an event, and holds for hours of silence', () => {
    const proof = createEventProof()
    expect(proof.holds(0)).toBe(false)
    proof.heard('shop', 1_000)
    expect(proof.holds(2_000)).toBe(true)
    expect(proof.holds(5 * 3_600_000)).toBe(true)
    expect(proof.holds(7 * 3_600_000)).toBe(false)
  })

  it('is refuted by a change that a poll found and no event tells of in time, until the next event', () => {
    const proof = createEventProof()
    proof.heard('shop', 0)
    proof.found('blog', 100_000)
    expect(proof.holds(110_000)).toBe(true)
    expect(proof.holds(120_000)).toBe(false)
    proof.heard('blog', 130_000)
    expect(proof.holds(130_000)).toBe(true)
  })

  it('stands where the event came before the poll, or soon after it', () => {
    const proof = createEventProof()
    proof.heard('shop', 0)
    proof.found('shop', 30_000)
    proof.found('blog', 30_000)
    proof.heard('blog', 40_000)
    expect(proof.holds(60_000)).toBe(true)
  })

  it('ends when the queue can’t be read', () => {
    const proof = createEventProof()
    proof.heard('shop', 0)
    proof.lost()
    expect(proof.holds(1)).toBe(false)
  })
})
