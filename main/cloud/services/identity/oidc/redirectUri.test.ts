import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRedirectUri, isRegistered } from './redirectUri.ts'

const port = fc.integer({ min: 1, max: 65_535 })

describe('a redirect URI', () => {
  it('on loopback may have any port; everything else must be as it was registered', () => {
    fc.assert(
      fc.property(port, port, (registered, asked) => {
        const uri = (number: number, path = '/oauth/callback') => `http://127.0.0.1:${number}${path}`
        expect(isRegistered(['http://127.0.0.1/oauth/callback'], uri(asked))).toBe(true)
        expect(isRegistered([uri(registered)], uri(asked))).toBe(true)
        expect(isRegistered([uri(registered)], uri(asked, '/other'))).toBe(false)
        expect(isRegistered([uri(registered)], uri(asked, '/oauth/callback?x=1'))).toBe(false)
        expect(isRegistered([uri(registered)], `http://localhost:${asked}/oauth/callback`)).toBe(false)
        fc.pre(asked !== 443)
        expect(isRegistered(['https://desk.example/back'], `https://desk.example:${asked}/back`)).toBe(false)
      }),
    )
  })

  it.each([
    'http://127.0.0.1@evil.example/oauth/callback',
    'http://127.0.0.1.evil.example/oauth/callback',
    'http://evil.example/oauth/callback',
    'http://u:p@127.0.0.1/oauth/callback',
    'http://127.0.0.1/oauth/callback#part',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '/oauth/callback',
    '',
  ])('is not %j', uri => {
    expect(isRedirectUri(uri)).toBe(false)
    expect(isRegistered([uri, 'http://127.0.0.1/oauth/callback'], uri)).toBe(false)
  })
})
