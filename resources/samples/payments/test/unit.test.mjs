import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fee } from '../src/fees.mjs'

describe('the fee', () => {
  it('is 1.4 % and 25 cents', () => assert.equal(fee(10_000), 165))
  it('has its fixed part for small sums', () => assert.equal(fee(100), 26))
  it('rounds half up', () => assert.equal(fee(2_500), 60))
})
