import { once } from 'node:events'
import { connect } from 'node:net'
import { Sha256 } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Settings } from './cloudProcess.ts'
import { percentile } from './results.ts'

/** How fast something was answered. */
export interface Rate {
  /** Answers a second. */
  rate: number
  /** ms */
  p99: number
}

/** Calls `work` `count` times, `atOnce` at a time. */
export async function each(count: number, atOnce: number, work: (index: number) => Promise<unknown>): Promise<Rate> {
  const took: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const index = next++
        const from = performance.now()
        await work(index)
        took.push(performance.now() - from)
      }
    }),
  )
  return { rate: count / ((performance.now() - began) / 1000), p99: percentile(took, 0.99) }
}

/** The bytes of one signed CodePipeline request. Good for five minutes, as AWS has it. */
export async function signedRequest(settings: Settings, operation: string, input: object): Promise<Buffer> {
  const { host, hostname, port } = new URL(settings.endpoint)
  const body = JSON.stringify(input)
  const signer = new SignatureV4({
    credentials: settings.credentials,
    region: settings.region,
    service: 'codepipeline',
    sha256: Sha256,
  })
  const { headers } = await signer.sign(
    new HttpRequest({
      method: 'POST',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: '/',
      headers: {
        host,
        'content-type': 'application/x-amz-json-1.1',
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': `CodePipeline_20150709.${operation}`,
      },
      body,
    }),
  )
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST / HTTP/1.1\r\n${head.join('')}\r\n${body}`)
}

/**
 * Sends prepared requests over kept connections: a client that costs a tenth of the SDK's, so that the server is what
 * is measured. Each answer must be a 200.
 */
export async function sendAll(endpoint: string, requests: readonly Buffer[], count: number, atOnce: number) {
  const connections = await Promise.all(Array.from({ length: atOnce }, () => openConnection(endpoint)))
  const free = [...connections]
  try {
    return await each(count, atOnce, async index => {
      const connection = free.pop()
      const request = requests[index % requests.length]
      if (!connection || !request) throw new Error('Nothing to send, or no connection to send it over')
      await connection.ask(request)
      free.push(connection)
    })
  } finally {
    for (const { close } of connections) close()
  }
}

async function openConnection(endpoint: string) {
  const { hostname, port } = new URL(endpoint)
  const socket = connect(Number(port), hostname).setNoDelay(true)
  await once(socket, 'connect')
  let received = ''
  let answered: PromiseWithResolvers<void> | undefined
  socket.on('data', bytes => {
    received += bytes.toString('latin1')
    const head = received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, head))?.[1] ?? 0)
    if (received.length < head + 4 + length) return
    if (received.startsWith('HTTP/1.1 200 ')) answered?.resolve()
    else answered?.reject(new Error(received.slice(0, 500)))
    received = ''
  })
  socket.on('error', error => answered?.reject(error))
  return {
    ask(request: Buffer) {
      answered = Promise.withResolvers()
      socket.write(request)
      return answered.promise
    },
    close: () => socket.destroy(),
  }
}
