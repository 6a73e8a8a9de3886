import { createTRPCClient, createWSClient, wsLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Port } from '../../main/shell/portSocket.ts'
import { createPortCarrier } from '../../main/shell/servePort.ts'
import type { DeskPage } from './deskPage.ts'
import { portSocket, portsOf } from './portSocket.ts'

const t = initTRPC.create()
let released = 0
const router = t.router({
  double: t.procedure
    .input(z.number())
    .output(z.number())
    .query(({ input }) => input * 2),
  count: t.procedure.input(z.number()).subscription(async function* ({ input, signal }) {
    try {
      for (let n = 1; n <= input; n++) yield n
      if (signal && !signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve))
    } finally {
      released++
    }
  }),
})

/** A port of Node's, as main's half of the shim wants it. */
function portOf(port: MessagePort): Port {
  return {
    send: data => port.postMessage(data),
    onMessage: listener => {
      port.addEventListener('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: listener => port.addEventListener('close', listener),
    close: () => port.close(),
  }
}

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A client over a real MessageChannel; each connection is a channel of its own. */
function open() {
  const mainEnds: MessagePort[] = []
  const serve = createPortCarrier(router)
  const portToMain = () => {
    const { port1, port2 } = new MessageChannel()
    mainEnds.push(port1)
    serve(portOf(port1))
    return Promise.resolve(port2)
  }
  const client = createWSClient({
    url: 'ws://port/trpc',
    WebSocket: portSocket(portToMain),
    retryDelayMs: () => 0,
  })
  stops.push(
    () => client.close(),
    () => mainEnds.forEach(end => end.close()),
  )
  return { rpc: createTRPCClient<typeof router>({ links: [wsLink({ client })] }), mainEnds }
}

describe('a MessagePort as socket', () => {
  it('carries queries both ways', async () => {
    const { rpc } = open()
    expect(await Promise.all([rpc.double.query(21), rpc.double.query(4)])).toEqual([42, 8])
  })

  it('streams a subscription and releases it in main when it is left', async () => {
    const { rpc } = open()
    released = 0
    const seen: unknown[] = []
    const subscription = rpc.count.subscribe(3, { onData: value => seen.push(value) })
    await expect.poll(() => seen).toEqual([1, 2, 3])
    subscription.unsubscribe()
    await expect.poll(() => released).toBe(1)
  })

  it('says that main is gone, and carries the subscription on over the next port', async () => {
    const { rpc, mainEnds } = open()
    const seen: unknown[] = []
    const subscription = rpc.count.subscribe(2, { onData: value => seen.push(value) })
    await expect.poll(() => seen).toEqual([1, 2])
    mainEnds[0]?.close()
    await expect.poll(() => seen).toEqual([1, 2, 1, 2])
    subscription.unsubscribe()
    expect(await rpc.double.query(5)).toBe(10)
  })
})

describe('the ports of a page', () => {
  it('are asked of the preload, a new one for each connection', async () => {
    const target = new EventTarget()
    const handed: MessagePort[] = []
    const page = Object.assign(target, {
      location: { origin: 'app://desk' },
      desk: {
        askPort: () => {
          const { port2 } = new MessageChannel()
          handed.push(port2)
          target.dispatchEvent(
            Object.assign(new Event('message'), {
              source: target,
              origin: 'app://desk',
              data: 'rpc-port',
              ports: [port2],
            }),
          )
        },
      },
    }) as unknown as DeskPage
    const next = portsOf(page)
    expect([await next(), await next()]).toEqual(handed)
    for (const port of handed) port.close()
  })

  it('are not taken from another window or origin', async () => {
    const target = new EventTarget()
    const page = Object.assign(target, { location: { origin: 'app://desk' } }) as unknown as DeskPage
    let taken = false
    void portsOf(page)().then(() => {
      taken = true
    })
    const { port2 } = new MessageChannel()
    for (const [source, origin] of [
      [{}, 'app://desk'],
      [target, 'app://other'],
    ] as const) {
      target.dispatchEvent(Object.assign(new Event('message'), { source, origin, data: 'rpc-port', ports: [port2] }))
    }
    await Promise.resolve()
    expect(taken).toBe(false)
    port2.close()
  })
})
