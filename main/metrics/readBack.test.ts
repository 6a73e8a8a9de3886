import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Failure } from '../base/failure.ts'
import type { Known } from '../store/history.ts'
import { readBack } from './readBack.ts'

const at = (day: number) => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString()

/** A list as AWS keeps it: grows at its top, is read in pages, and forgets its tokens when told to. */
function world(pageSize: number) {
  const list: { startedAt: string }[] = []
  const kept = new Set<string>()
  let known: Known | undefined
  let calls = 0
  let breakAfter = Number.POSITIVE_INFINITY
  let epoch = 0
  return {
    kept,
    known: () => known,
    calls: () => calls,
    add: (startedAt: string) => void list.unshift({ startedAt }),
    append: (startedAt: string) => void list.push({ startedAt }),
    forgetTokens: () => void epoch++,
    breakAfter: (pages: number) => {
      breakAfter = calls + pages
    },
    read: (from: string, now: string) =>
      readBack({
        known,
        from,
        unsettled: undefined,
        now: () => now,
        async page(token) {
          if (calls >= breakAfter) throw new Error('killed')
          calls++
          const [of, below] = token?.split('|') ?? []
          if (of !== undefined && of !== String(epoch))
            throw new Failure({ code: 'InvalidNextTokenException', message: 'no' })
          const rest = below === undefined ? list : list.filter(({ startedAt }) => startedAt < below)
          const items = rest.slice(0, pageSize)
          const last = items.at(-1)
          return { items, ...(last && rest.length > pageSize && { next: `${epoch}|${last.startedAt}` }) }
        },
        keep(items, mark) {
          for (const { startedAt } of items) kept.add(startedAt)
          known = mark ?? known
        },
      }),
  }
}

describe('reading a list back', () => {
  it('begins anew where a list that was read to its end has got something older', async () => {
    const past = world(3)
    past.add(at(50))
    await past.read(at(0), at(51))
    expect(past.known()).toMatchObject({ whole: true, from: at(50) })
    for (let day = 40; day > 30; day--) past.append(at(day))
    await past.read(at(0), at(52))
    expect(past.kept.size).toBe(11)
    expect(past.known()).toMatchObject({ whole: true, from: at(31) })
  })

  it('reads no further than asked, then only what is new, then only what is older', async () => {
    const past = world(2)
    for (let day = 0; day < 10; day++) past.add(at(day))
    await past.read(at(6), at(9.5))
    expect(past.calls()).toBe(2)
    past.add(at(10))
    await past.read(at(6), at(10.5))
    expect(past.calls()).toBe(3 + 0)
    await past.read(at(0), at(10.6))
    expect(past.kept.size).toBe(11)
  })

  it('misses nothing, however often it is killed and whenever AWS forgets its tokens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(
          fc.oneof(
            fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 6 }) }),
            fc.record({ kind: fc.constant('read' as const), days: fc.integer({ min: 1, max: 40 }), pages: fc.nat(5) }),
            fc.record({ kind: fc.constant('forget' as const) }),
          ),
          { maxLength: 30 },
        ),
        async (pageSize, steps) => {
          const past = world(pageSize)
          const all: string[] = []
          const missed: string[] = []
          let now = 100
          for (const step of steps) {
            if (step.kind === 'add') {
              for (let n = 0; n < step.count; n++) {
                all.push(at(now))
                past.add(at(now))
                now++
              }
            } else if (step.kind === 'forget') {
              past.forgetTokens()
            } else {
              past.breakAfter(step.pages)
              await past.read(at(now - step.days), at(now - 0.5)).catch(() => {})
              const known = past.known()
              const promised = known ? all.filter(each => (known.whole || each >= known.from) && each <= known.to) : []
              missed.push(...promised.filter(each => !past.kept.has(each)))
            }
          }
          past.breakAfter(Number.POSITIVE_INFINITY)
          await past.read(at(100), at(now - 0.5))
          expect(missed).toEqual([])
          expect(past.kept.size).toBe(all.length)
        },
      ),
    )
  })
})
