import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { capture } from '../src/capture.mjs'
import { createGateway } from '../src/gateway.mjs'

const gateway = () => createGateway({ attempts: Number(process.env.GATEWAY_ATTEMPTS ?? 3) })

describe('capture', () => {
  it('captures an order', async () => {
    const result = await capture(gateway(), { id: 'order-1', cents: 1290 })
    assert.equal(result.status, 'captured')
  })

  it('captures once when the gateway repeats', async () => {
    const twice = gateway()
    const first = await capture(twice, { id: 'order-2', cents: 4990 })
    const second = await capture(twice, { id: 'order-2', cents: 4990 })
    assert.deepEqual(second, first)
    assert.equal(twice.captures().length, 1)
  })

  it('keeps the sum of the first capture', async () => {
    const shop = gateway()
    await capture(shop, { id: 'order-3', cents: 700 })
    assert.equal((await capture(shop, { id: 'order-3', cents: 900 })).cents, 700)
  })
})
