import { mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { router } from '../base/rpc.ts'
import { cookieOf } from './loopbackServer.testing.ts'
import { startLoopbackServer } from './loopbackServer.ts'

const renderer = mkdtempSync(join(tmpdir(), 'renderer-'))
writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>desk</title>')

describe('the loopback server', () => {
  const started = startLoopbackServer({ router: router({}), renderer, port: 0, onError: () => {} })
  afterAll(async () => (await started).stop())

  /** A plain request: fetch would not let us lie about Host. */
  async function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
    const { port } = await started
    return new Promise<{ status: number | undefined; headers: Record<string, unknown> }>((done, fail) => {
      const asked = request(
        { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers: options.headers ?? {} },
        answer => {
          answer.resume()
          done({ status: answer.statusCode, headers: answer.headers })
        },
      )
      asked.on('upgrade', (answer, socket) => {
        socket.destroy()
        done({ status: answer.statusCode, headers: answer.headers })
      })
      asked.on('error', fail)
      asked.end()
    })
  }
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }

  it('exchanges a launch token for a strict cookie, once, and leaves no token in the address bar', async () => {
    const { launchUrl } = await started
    const url = new URL(launchUrl(60_000))
    const first = await ask(url.pathname + url.search)
    expect(first).toMatchObject({ status: 303, headers: { location: '/' } })
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict; Path=\//)
    expect(await ask(url.pathname + url.search)).toMatchObject({ status: 403 })
    expect(await ask('/_launch?t=guess')).toMatchObject({ status: 403 })
  })

  it('shows the page only to who holds the cookie', async () => {
    const { launchUrl } = await started
    expect(await ask('/')).toMatchObject({ status: 401 })
    const cookie = await cookieOf(launchUrl(60_000))
    const page = await ask('/', { headers: { cookie } })
    expect(page).toMatchObject({ status: 200, headers: { 'x-content-type-options': 'nosniff' } })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(await ask('/../package.json', { headers: { cookie } })).toMatchObject({ status: 404 })
  })

  it('turns away another host, another origin, another method', async () => {
    const { launchUrl } = await started
    const cookie = await cookieOf(launchUrl(60_000))
    expect(await ask('/', { headers: { cookie, host: 'evil.example' } })).toMatchObject({ status: 421 })
    expect(await ask('/', { headers: { cookie, origin: 'http://evil.example' } })).toMatchObject({ status: 403 })
    expect(await ask('/', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).toMatchObject({ status: 403 })
    expect(await ask('/', { headers: { cookie }, method: 'POST' })).toMatchObject({ status: 405 })
  })

  it('upgrades only its own page on its own path', async () => {
    const { launchUrl, origin } = await started
    const cookie = await cookieOf(launchUrl(60_000))
    expect(await ask('/trpc', { headers: { ...upgrade, cookie, origin } })).toMatchObject({ status: 101 })
    expect(await ask('/trpc', { headers: { ...upgrade, origin } })).toMatchObject({ status: 401 })
    expect(await ask('/trpc', { headers: { ...upgrade, cookie } })).toMatchObject({ status: 403 })
    expect(await ask('/trpc', { headers: { ...upgrade, cookie, origin: 'http://evil.example' } })).toMatchObject({
      status: 403,
    })
    expect(await ask('/else', { headers: { ...upgrade, cookie, origin } })).toMatchObject({ status: 404 })
  })
})
