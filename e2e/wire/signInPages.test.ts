import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../main/base/clock.ts'
import { localOnly } from './cloudUnderTest.ts'
import { sendRaw } from './rawRequest.ts'
import { signInBrowser } from './signInBrowser.ts'
import { startSignInUnderTest } from './signInUnderTest.ts'

// A person signs in on the page: at AWS, nobody would be there to.
describe.skipIf(localOnly('it signs in as people of the local cloud'))('the sign-in pages', () => {
  let on: Awaited<ReturnType<typeof startSignInUnderTest>>
  let clock: ManualClock
  beforeAll(async () => {
    clock = manualClock()
    on = await startSignInUnderTest({ clock })
  })
  afterAll(() => on.stop())

  it('let no script run, nothing load, nobody frame them, and say that this is not AWS', async () => {
    const { headers, text } = await signInBrowser().visit(on.startUrl)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/)
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? ''
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(text).not.toMatch(/<script|style=|javascript:/)
    expect(text).toContain('This is not AWS.')
    expect(headers.get('set-cookie')).toMatch(/; Path=\/start; HttpOnly; SameSite=Lax$/)
  })

  it('take forms from themselves only', async () => {
    const browser = signInBrowser()
    const page = await browser.visit(on.startUrl)
    const typed = { user: 'administrator', password: on.passwordOf('administrator') }
    const from = (headers: Record<string, string>) => browser.submit(page, '/start/sign-in', typed, headers)
    expect((await from({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await browser.submit(page, '/start/sign-in', { ...typed, proof: 'x' })).status).toBe(200)
    const other = signInBrowser()
    await other.visit(on.startUrl)
    expect((await other.submit(page, '/start/sign-in', typed)).status).toBe(403)
  })

  it('go on to pages of their own only', async () => {
    for (const next of [
      '//evil.example/start',
      'http://evil.example',
      '/start/../../bucket',
      '/startle',
      '/start\\@evil',
    ]) {
      const browser = signInBrowser()
      const page = await browser.visit(on.startUrl)
      const typed = { user: 'administrator', password: on.passwordOf('administrator') }
      const shown = await browser.submit(
        { ...page, text: page.text.replace('value="/start"', `value="${next}"`) },
        '/start/sign-in',
        typed,
      )
      const { origin, pathname } = new URL(shown.url)
      expect([next, shown.leavesTo, origin]).toEqual([next, undefined, on.cloud.local().endpoint])
      expect(pathname).toMatch(/^\/start(\/|$)/)
    }
  })

  it('slow guessing down, also with the right password in the end', async () => {
    const browser = signInBrowser()
    const page = await browser.visit(on.startUrl)
    const guess = async (password: string) =>
      (await browser.submit(page, '/start/sign-in', { user: 'nobody.there', password })).status
    const statuses: number[] = []
    for (let n = 0; n < 7; n++) statuses.push(await guess(`guess ${n}`))
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    clock.advance(1_000)
    expect(await guess('again')).toBe(401)
    expect(await guess('again')).toBe(429)
  })

  it('are not for other hosts, nor for whoever signs a request to a bucket of that name', async () => {
    const { host } = new URL(on.startUrl)
    const get = (headers: Record<string, string>) => sendRaw(on.cloud, { method: 'GET', path: '/start', headers })
    expect((await get({ host })).text).toContain('This is not AWS.')
    expect((await get({ host: host.replace('127.0.0.1', 'bucket.localhost') })).text).toContain('<Code>NoSuchBucket')
    const authorization =
      'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=a'
    expect((await get({ host, authorization })).text).toContain('<Error>')
  })
})
