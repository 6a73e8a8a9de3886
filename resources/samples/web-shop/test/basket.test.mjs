import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { delivery, money, total } from '../src/basket.mjs'

describe('a basket', () => {
  it('adds up its lines', () => {
    assert.equal(total([{ price: 1690, quantity: 2 }, { price: 1290, quantity: 1 }]), 4670)
  })

  it('pays for delivery below the limit', () => {
    assert.equal(delivery([{ price: 1290, quantity: 1 }], 4000), 490)
  })

  it('is delivered free from the limit on', () => {
    assert.equal(delivery([{ price: 2000, quantity: 2 }], 4000), 0)
  })

  it('costs nothing when it is empty', () => {
    assert.equal(total([]) + delivery([], 4000), 0)
  })
})

it('shows money with two decimals', () => {
  assert.equal(money(1690, 'EUR'), '16.90 EUR')
})
