import assert from 'node:assert/strict'
import { it } from 'node:test'
import { page } from '../src/page.mjs'

const settings = { name: 'A & B', headline: 'Hello', currency: 'EUR', freeDeliveryFrom: 4000 }

it('names every product', () => {
  const html = page({ catalogue: [{ sku: '1', name: 'Cup', price: 100, tone: '#fff' }], settings, version: 'x', builtAt: 'now' })
  assert.match(html, /Cup/)
  assert.match(html, /1\.00 EUR/)
})

it('escapes what it is given', () => {
  const html = page({ catalogue: [], settings, version: '<b>', builtAt: 'now' })
  assert.match(html, /A &amp; B/)
  assert.doesNotMatch(html, /<b>,/)
})
