import { describe, expect, it } from 'vitest'
import { createAttention } from './attention.ts'

describe('whether anybody looks', () => {
  const watched = () => {
    const told: boolean[] = []
    const attention = createAttention(hidden => told.push(hidden))
    /** A window that is heard; ends when closed. */
    const open = async (hidden: boolean) => {
      const closed = new AbortController()
      const heard = attention.attend(hidden, closed.signal)[Symbol.asyncIterator]()
      await heard.next()
      const ended = heard.next()
      return async () => {
        closed.abort()
        await ended
      }
    }
    return { attention, told, open }
  }

  it('is taken for granted until a window says otherwise', async () => {
    const { attention, open } = watched()
    expect(attention.hidden()).toBe(false)
    await open(true)
    expect(attention.hidden()).toBe(true)
  })

  it('is so while any window is in sight, whatever the others say and in whatever order', async () => {
    const { attention, told, open } = watched()
    await open(false)
    await open(true)
    const close = await open(true)
    await close()
    expect([attention.hidden(), told]).toEqual([false, []])
  })

  it('is over when the last window that was in sight is closed, and begins with the next one', async () => {
    const { told, open } = watched()
    const close = await open(false)
    await close()
    await open(false)
    expect(told).toEqual([true, false])
  })
})
