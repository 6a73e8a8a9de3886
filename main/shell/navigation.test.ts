import { describe, expect, it } from 'vitest'
import { mayLoad, mayNavigate, mayOpenOutside } from './navigation.ts'

describe('the window', () => {
  it('shows our own page', () => {
    expect(mayNavigate('app://desk/index.html')).toBe(true)
  })

  it.each([
    'app://other/index.html',
    'https://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'not a url',
  ])('never navigates to %s', url => {
    expect(mayNavigate(url)).toBe(false)
  })

  it('loads developer tools only while it is not packaged', () => {
    expect(mayLoad('devtools://devtools/bundled/x.js', false)).toBe(true)
    expect(mayLoad('devtools://devtools/bundled/x.js', true)).toBe(false)
    expect(mayLoad('https://example.com/x.js', false)).toBe(false)
    expect(mayLoad('blob:app://desk/6a1c', true)).toBe(true)
    expect(mayLoad('blob:https://example.com/6a1c', true)).toBe(false)
  })
})

describe('an outside link', () => {
  it.each([
    'https://eu-west-1.console.aws.amazon.com/codesuite',
    'https://docs.aws.amazon.com/codepipeline',
    'http://127.0.0.1:4599/page',
    'https://oidc.eu-west-1.amazonaws.com/authorize?response_type=code',
    'https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH',
    'https://corp.awsapps.com/start',
    'http://site.localhost:4599/',
  ])('opens %s', url => {
    expect(mayOpenOutside(url)).toBe(true)
  })

  it.each([
    'https://aws.amazon.com.evil.example',
    'https://bucket.s3.eu-west-1.amazonaws.com/page',
    'https://oidc.evil.example.amazonaws.com.example/',
    'https://evilaws.amazon.com.example',
    'https://user:pass@aws.amazon.com/',
    'http://aws.amazon.com/',
    'file:///etc/passwd',
    'smb://share',
    'javascript:alert(1)',
    'http://localhost.evil.example/',
  ])('refuses %s', url => {
    expect(mayOpenOutside(url)).toBe(false)
  })
})
