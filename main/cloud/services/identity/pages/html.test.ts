import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

describe('a page’s markup', () => {
  it('keeps every value a text, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const { text } = html`<p title="${value}">${value}</p>`
        const read = text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
        expect(text.match(/[<>"]/g)).toHaveLength(6)
        expect(read).toBe(`<p title="${value}">${value}</p>`)
      }),
    )
  })

  it('joins what is markup already, and leaves out what is not there', () => {
    const rows = ['a', '<b>'].map(name => html`<li>${name}</li>`)
    expect(html`<ul>${rows}${undefined}</ul>`.text).toBe('<ul><li>a</li><li>&#60;b&#62;</li></ul>')
  })
})
