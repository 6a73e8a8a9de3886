import { describe, expect, it } from 'vitest'
import { manualClock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { createNotices } from '../notices/notices.ts'
import { createKeeper } from './keeper.ts'

describe('what the store can’t take', () => {
  const desk = () => {
    const clock = manualClock()
    const notices = createNotices(clock)
    let full = false
    let tries = 0
    const kept: string[] = []
    const keeper = createKeeper({ clock, notices, log: () => {} })
    const write = (text: string, name?: string) =>
      keeper.keep(() => {
        tries++
        if (full) throw new Failure({ code: 'StoreFull', message: 'The disk is full.' })
        kept.push(text)
      }, name)
    return { clock, notices, keeper, kept, write, tries: () => tries, setFull: (value: boolean) => void (full = value) }
  }

  it('is written in its order as soon as it can be, the latest of each row', () => {
    const { clock, notices, kept, write, setFull } = desk()
    write('a')
    setFull(true)
    write('shop 1', 'shop')
    write('blog 1', 'blog')
    write('shop 2', 'shop')
    write('once')
    expect(notices.all().map(({ failure }) => failure.code)).toEqual(['StoreFull'])
    setFull(false)
    clock.advance(5_000)
    expect(kept).toEqual(['a', 'blog 1', 'shop 2', 'once'])
    expect(notices.all()).toEqual([])
    write('b')
    expect(kept.at(-1)).toBe('b')
  })

  it('is tried now and then, not for each change', () => {
    const { clock, write, tries, setFull } = desk()
    setFull(true)
    for (let second = 0; second < 600; second++) {
      write(`row ${second}`, 'row')
      clock.advance(1_000)
    }
    expect(tries()).toBeLessThan(20)
  })

  it('is tried a last time when the desk ends', () => {
    const { keeper, kept, write, setFull, clock } = desk()
    setFull(true)
    write('a')
    setFull(false)
    keeper.stop()
    expect(kept).toEqual(['a'])
    expect(clock.nextDue()).toBeUndefined()
  })
})
