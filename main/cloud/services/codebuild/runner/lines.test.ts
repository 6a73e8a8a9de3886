import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../../base/clock.ts'
import { lineSplitter } from '../../../machine/lines.ts'
import { buildLog } from './buildLog.ts'

describe('output', () => {
  it('becomes the same lines however its bytes come in', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(50), { minLength: 1 }), (whole, sizes) => {
        const bytes = Buffer.from(whole)
        const splitter = lineSplitter()
        const lines: string[] = []
        for (let from = 0, turn = 0; from < bytes.length; turn++) {
          const size = (sizes[turn % sizes.length] ?? 0) + 1
          lines.push(...splitter.push(bytes.subarray(from, from + size)))
          from += size
        }
        const expected = whole.split('\n')
        const last = expected.pop()
        expect([...lines, ...splitter.rest()]).toEqual(last === '' ? expected : [...expected, last])
      }),
    )
  })

  it('without a line end is cut between characters, and none of it is lost', () => {
    const splitter = lineSplitter(10)
    const text = 'äöü€𝄞'.repeat(20)
    const lines = [...splitter.push(Buffer.from(text)), ...splitter.rest()]
    expect(lines.join('')).toBe(text)
    expect(lines.every(line => Buffer.byteLength(line) <= 10)).toBe(true)
  })
})

describe('a build log', () => {
  const open = (limit?: number) => {
    const clock = manualClock()
    const written: string[][] = []
    const log = buildLog({
      clock,
      append: events => written.push(events.map(event => event.message)),
      ...(limit === undefined ? {} : { limit }),
    })
    return { clock, written, log }
  }

  it('is written every 100 ms while there is something to write', () => {
    const { clock, written, log } = open()
    log.output(Buffer.from('one\ntwo\nthr'))
    expect(written).toEqual([])
    clock.advance(100)
    expect(written).toEqual([['one\n', 'two\n']])
    log.say('three')
    clock.advance(100)
    expect(written[1]).toEqual(['thr\n', '[Container] 2026/01/01 00:00:00.100 three\n'])
    expect(clock.nextDue()).toBeUndefined()
  })

  it('shows no secret, not even one within another', () => {
    const { written, log } = open()
    for (const secret of ['pass', 'password1', '']) log.mask(secret)
    log.output(Buffer.from('my password1 and pass\n'))
    log.close()
    expect(written).toEqual([['my *** and ***\n']])
  })

  it('ends where the output is over its limit, and says so', () => {
    const { written, log } = open(10)
    log.output(Buffer.from('12345\n12345\n12345\n'))
    log.output(Buffer.from('12345\n'))
    log.close()
    expect(written.flat()).toEqual(['12345\n', '1234\n', expect.stringContaining('over 10 bytes')])
  })
})
