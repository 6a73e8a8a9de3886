import { describe, expect, it } from 'vitest'
import { createBell } from './bell.ts'

describe('a bell', () => {
  it('rings once at the start, and makes many rings of a busy reader one', async () => {
    const bell = createBell()
    const rings = bell.rings(undefined)
    await rings.next()
    bell.ring()
    bell.ring()
    expect((await rings.next()).done).toBe(false)
    const next = rings.next()
    bell.ring()
    expect((await next).done).toBe(false)
    await rings.return()
  })

  it('ends a reader that waits when its signal aborts', async () => {
    const end = new AbortController()
    const rings = createBell().rings(end.signal)
    await rings.next()
    const next = rings.next()
    end.abort()
    expect((await next).done).toBe(true)
  })
})
