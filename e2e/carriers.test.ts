import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel as NodeMessageChannel } from 'node:worker_threads'
import { createTRPCClient, createWSClient, TRPCClientError, wsLink } from '@trpc/client'
import { tracked } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import { afterAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { Failure } from '../main/base/failure.ts'
import { procedure, router } from '../main/base/rpc.ts'
import { maxFrame } from '../main/shell/frames.ts'
import { cookieOf } from '../main/shell/loopbackServer.testing.ts'
import { startLoopbackServer } from '../main/shell/loopbackServer.ts'
import { createPortCarrier } from '../main/shell/servePort.ts'
import { portSocket } from '../renderer/rpc/portSocket.ts'

/** Counts the subscriptions that are open, so that a test sees them end. */
let open = 0
const made = router({
  room: router({
    double: procedure
      .input(z.object({ value: z.number() }))
      .output(z.object({ value: z.number() }))
      .query(({ input }) => ({ value: input.value * 2 })),
    leak: procedure.output(z.object({ shown: z.string() })).query(() => ({ shown: 'yes', secret: 'no' })),
    refuse: procedure.mutation(() => {
      throw new Failure({
        code: 'AccessDenied',
        message: 'ann may not approve.',
        place: { account: '111122223333', pipeline: 'shop' },
        next: 'Ask for codepipeline:PutApprovalResult.',
        requestId: 'r-1',
      })
    }),
    count: procedure.input(z.object({ to: z.number() })).subscription(async function* ({ input, signal }) {
      open++
      try {
        for (let n = 1; n <= input.to; n++) yield tracked(String(n), { n })
        // The subscriber may be gone already: then the event never comes.
        if (!signal?.aborted) await new Promise(resolve => signal?.addEventListener('abort', resolve, { once: true }))
      } finally {
        open--
      }
    }),
  }),
})
type Made = typeof made
type Client = ReturnType<typeof createTRPCClient<Made>>

interface Carrier {
  client: Client
  close(): Promise<void>
}

interface FramedCarrier extends Carrier {
  /** Sends one frame over a connection of its own; gives the answer, or `closed`. */
  raw(frame: string): Promise<unknown>
}

/** Within the process: the router's own caller, seen through the client's interface. */
async function inMemory(): Promise<Carrier> {
  const { callTRPCProcedure, getTRPCErrorShape, TRPCError, isTrackedEnvelope } = await import('@trpc/server')
  const client = createTRPCClient<Made>({
    links: [
      () =>
        ({ op }) =>
          observable(observer => {
            const stop = new AbortController()
            const run = async () => {
              const result: unknown = await callTRPCProcedure({
                router: made,
                path: op.path,
                getRawInput: async () => op.input,
                ctx: {},
                type: op.type,
                signal: stop.signal,
                batchIndex: 0,
              })
              if (op.type !== 'subscription') {
                observer.next({ result: { type: 'data', data: result } })
                observer.complete()
                return
              }
              observer.next({ result: { type: 'started' } })
              for await (const item of result as AsyncIterable<unknown>) {
                observer.next({
                  result: { type: 'data', data: isTrackedEnvelope(item) ? { id: item[0], data: item[1] } : item },
                })
              }
            }
            run().catch((cause: unknown) => {
              const error = cause instanceof TRPCError ? cause : new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause })
              const shape = getTRPCErrorShape({
                config: made._def._config,
                error,
                type: op.type,
                path: op.path,
                input: op.input,
                ctx: {},
              })
              observer.error(TRPCClientError.from({ error: shape }))
            })
            return () => stop.abort()
          }),
    ],
  })
  return { client, close: async () => {} }
}

/** Electron's way: tRPC's frames over a MessagePort, the shims of both sides in use. */
async function messagePort(): Promise<FramedCarrier> {
  const serve = createPortCarrier(made)
  const connect = () => {
    const { port1, port2 } = new NodeMessageChannel()
    serve({
      send: text => port1.postMessage(text),
      onMessage: listener => port1.on('message', listener),
      onClose: listener => port1.on('close', listener),
      close: () => port1.close(),
    })
    return port2
  }
  const socket = createWSClient({
    url: 'ws://port/trpc',
    WebSocket: portSocket(async () => connect() as unknown as MessagePort),
  })
  return {
    client: createTRPCClient<Made>({ links: [wsLink({ client: socket })] }),
    async raw(frame) {
      const port = connect()
      port.postMessage(frame)
      return Promise.race([
        once(port, 'message').then(([data]) => JSON.parse(String(data)) as unknown),
        once(port, 'close').then(() => 'closed'),
      ])
    },
    close: () => socket.close(),
  }
}

const renderer = mkdtempSync(join(tmpdir(), 'renderer-'))
writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>desk</title>')

/** The Node shell's way: a WebSocket of the loopback server, past its checks. */
async function webSocket(): Promise<FramedCarrier> {
  const server = await startLoopbackServer({ router: made, renderer, port: 0, onError: () => {} })
  const cookie = await cookieOf(server.launchUrl(60_000))
  const url = `ws://127.0.0.1:${server.port}/trpc`
  class PageSocket extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie, origin: server.origin } })
    }
  }
  const socket = createWSClient({ url, WebSocket: PageSocket as unknown as typeof globalThis.WebSocket })
  return {
    client: createTRPCClient<Made>({ links: [wsLink({ client: socket })] }),
    async raw(frame) {
      const page = new PageSocket(url)
      await once(page, 'open')
      page.send(frame)
      const heard = await Promise.race([
        once(page, 'message').then(([data]) => JSON.parse(String(data)) as unknown),
        once(page, 'close').then(() => 'closed'),
      ])
      page.terminate()
      return heard
    },
    async close() {
      await socket.close()
      await server.stop()
    },
  }
}

describe.each([
  ['in memory', inMemory],
  ['over a MessagePort', messagePort],
  ['over a WebSocket', webSocket],
])('the contract %s', (_name, make) => {
  const carrier = make()
  afterAll(async () => (await carrier).close())

  it('carries a call and its answer', async () => {
    const { client } = await carrier
    expect(await client.room.double.query({ value: 21 })).toEqual({ value: 42 })
  })

  it('refuses an input that is not of its schema, and says where', async () => {
    const { client } = await carrier
    const wrong = client.room.double.query({ value: 'many' as unknown as number })
    await expect(wrong).rejects.toMatchObject({
      data: { failure: { code: 'BAD_REQUEST', message: 'value: Invalid input: expected number, received string' } },
    })
  })

  it('lets out only what the output schema names', async () => {
    const { client } = await carrier
    expect(await client.room.leak.query()).toEqual({ shown: 'yes' })
  })

  it('carries a failure as a code, a sentence, a place and a next step', async () => {
    const { client } = await carrier
    const failure = await client.room.refuse.mutate().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(TRPCClientError)
    expect((failure as TRPCClientError<Made>).data?.failure).toEqual({
      code: 'AccessDenied',
      message: 'ann may not approve.',
      place: { account: '111122223333', pipeline: 'shop' },
      next: 'Ask for codepipeline:PutApprovalResult.',
      requestId: 'r-1',
    })
  })

  it.each([
    'room.none',
    'none.at.all',
    'constructor',
    'room.constructor',
    '__proto__',
    'room.toString',
    'room.hasOwnProperty',
    '',
  ])('refuses the unknown call "%s"', async path => {
    const { client } = await carrier
    const untyped = client as unknown as Record<string, unknown>
    const parts = path.split('.')
    let target: unknown = untyped
    for (const part of parts) target = (target as Record<string, unknown>)[part]
    // A name that the client's own proxy keeps for itself can't be called at all.
    const called = (target as { query?: (input?: unknown) => Promise<unknown> } | undefined)?.query
    const refused =
      typeof called === 'function'
        ? Reflect.apply(called, target, []).then(
            () => false,
            () => true,
          )
        : called === undefined
    expect(await refused).toBe(true)
  })

  it('streams what is subscribed to, and ends it when the subscriber leaves', async () => {
    const { client } = await carrier
    const seen: number[] = []
    await new Promise<void>((done, fail) => {
      const subscription = client.room.count.subscribe(
        { to: 5 },
        {
          onData: ({ data }) => {
            seen.push(data.n)
            if (data.n === 5) {
              subscription.unsubscribe()
              done()
            }
          },
          onError: fail,
        },
      )
    })
    expect(seen).toEqual([1, 2, 3, 4, 5])
    await expect.poll(() => open).toBe(0)
  })
})

describe.each([
  ['a MessagePort', messagePort],
  ['a WebSocket', webSocket],
])('frames over %s', (_name, make) => {
  const carrier = make()
  afterAll(async () => (await carrier).close())

  it('answers a malformed frame with an error and goes on', async () => {
    const { client, raw } = await carrier
    expect(await raw('{"id":')).toMatchObject({ error: {} })
    expect(await client.room.double.query({ value: 1 })).toEqual({ value: 2 })
  })

  it('drops a connection that sends an oversized frame', async () => {
    const { client, raw } = await carrier
    expect(await raw('x'.repeat(maxFrame + 1))).toBe('closed')
    expect(await client.room.double.query({ value: 2 })).toEqual({ value: 4 })
  })
})
