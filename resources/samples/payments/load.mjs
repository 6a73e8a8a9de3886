// Captures payments against the in-process gateway for a while and tells how it goes, a line every few seconds.
import { capture } from './src/capture.mjs'
import { createGateway } from './src/gateway.mjs'

const minutes = Number(process.env.LOAD_MINUTES ?? 30)
const gateway = createGateway({ attempts: 3 })
const until = Date.now() + minutes * 60_000
let captured = 0

console.log(`Load test: ${minutes} min`)
while (Date.now() < until) {
  const began = performance.now()
  for (let n = 0; n < 50; n++) captured += (await capture(gateway, { id: `order-${captured}`, cents: 1000 + n })).status === 'captured' ? 1 : 0
  const each = (performance.now() - began) / 50
  const left = Math.ceil((until - Date.now()) / 60_000)
  console.log(`${captured} captured, ${each.toFixed(3)} ms each, ${left} min left`)
  await new Promise(next => setTimeout(next, 3000))
}
