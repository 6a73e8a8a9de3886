import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ansiPainter } from './ansi.ts'

const esc = '\u001b['
const text = (spans: readonly { text: string }[]) => spans.map(span => span.text).join('')

describe('ANSI colours', () => {
  it('become names of classes', () => {
    expect(ansiPainter()(`${esc}31mFAIL${esc}0m refund`)).toEqual([
      { text: 'FAIL', classes: ['red'] },
      { text: ' refund', classes: [] },
    ])
    expect(ansiPainter()(`${esc}1;92mok${esc}0m`)).toEqual([{ text: 'ok', classes: ['bold', 'green'] }])
    expect(ansiPainter()(`${esc}41mout${esc}0m`)).toEqual([{ text: 'out', classes: ['on-red'] }])
  })

  it('stay open over lines, as in a terminal', () => {
    const paint = ansiPainter()
    expect(paint(`${esc}33m`).flatMap(span => span.text)).toEqual([])
    expect(paint('still')).toEqual([{ text: 'still', classes: ['yellow'] }])
    expect(paint(`closed${esc}0m`)).toEqual([{ text: 'closed', classes: ['yellow'] }])
    expect(paint('plain')).toEqual([{ text: 'plain', classes: [] }])
  })

  it('of 256 and of 16 million keep their hue', () => {
    expect(ansiPainter()(`${esc}38;5;196mx`)[0]?.classes).toEqual(['red'])
    expect(ansiPainter()(`${esc}38;2;20;200;40mx`)[0]?.classes).toEqual(['green'])
  })

  it('never let markup of the log through as markup, nor lose it as text', () => {
    const wicked = `<img src=x onerror="alert(1)"> & 'so' "on" &lt;`
    expect(text(ansiPainter()(`${esc}31m${wicked}${esc}0m`))).toBe(wicked)
  })

  it('keep every printable character of any line', () => {
    const printable = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ';', 'a', ' ', '#', 'x', '✕') })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 30, max: 37 }), printable)), parts => {
        const line = parts.map(([colour, word]) => `${esc}${colour}m${word}${esc}0m`).join('')
        const words = parts.map(([, word]) => word).join('')
        expect(text(ansiPainter()(line))).toBe(words)
      }),
    )
  })
})
