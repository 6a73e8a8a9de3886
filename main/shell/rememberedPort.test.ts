import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { listenAsBefore } from './rememberedPort.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

const listen = (port: number) =>
  new Promise<{ port: number; server: Server }>((done, fail) => {
    const server = createServer()
    open.push(server)
    server.once('error', fail).listen(port, '127.0.0.1', () => {
      const address = server.address()
      done({ port: typeof address === 'object' && address ? address.port : 0, server })
    })
  })
const data = () => mkdtempSync(join(tmpdir(), 'port-'))

describe('the port of the Node shell', () => {
  it('is that of the last start', async () => {
    const folder = data()
    const first = await listenAsBefore(folder, 0, listen)
    await new Promise(done => first.server.close(done))
    expect((await listenAsBefore(folder, 0, listen)).port).toBe(first.port)
  })

  it('is another one while that is taken', async () => {
    const folder = data()
    const first = await listenAsBefore(folder, 0, listen)
    expect((await listenAsBefore(folder, 0, listen)).port).not.toBe(first.port)
  })

  it('is any where what was remembered is no port', async () => {
    const folder = data()
    writeFileSync(join(folder, 'port'), 'rm -rf')
    expect((await listenAsBefore(folder, 0, listen)).port).toBeGreaterThan(1023)
  })

  it('is the one asked for, or none', async () => {
    const taken = await listen(0)
    await expect(listenAsBefore(data(), taken.port, listen)).rejects.toThrow('EADDRINUSE')
  })
})
