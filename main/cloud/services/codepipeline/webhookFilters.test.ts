import { describe, expect, it } from 'vitest'
import { parseJsonPath, passes } from './webhookFilters.ts'

const payload = {
  ref: 'refs/heads/main',
  repository: { 'full name': 'ann/shop', private: false },
  commits: [{ id: 1 }, { id: 2 }],
}
const pass = (jsonPath: string, matchEquals: string, configuration = {}) =>
  passes(payload, { jsonPath, matchEquals }, configuration)

describe('a filter of a webhook', () => {
  it.each([
    ['$.ref', 'refs/heads/main'],
    ["$['ref']", 'refs/heads/main'],
    ['$.repository["full name"]', 'ann/shop'],
    ['$.repository.private', 'false'],
    ['$.commits[1].id', '2'],
    ['$.commits[-1].id', '2'],
    ['$.commits[*].id', '1'],
  ])('%s finds %s', (path, value) => {
    expect(pass(path, value)).toBe(true)
    expect(pass(path, `${value} `)).toBe(false)
  })

  it('puts the action’s configuration in the place of its keys', () => {
    expect(pass('$.ref', 'refs/heads/{Branch}', { Branch: 'main' })).toBe(true)
    expect(pass('$.ref', 'refs/heads/{Branch}', { Branch: 'topic' })).toBe(false)
  })

  it('does not pass where its path leads nowhere, whatever the payload inherits', () => {
    expect(pass('$.constructor', 'x')).toBe(false)
    expect(passes(payload, { jsonPath: '$.constructor' }, {})).toBe(false)
    expect(passes(payload, { jsonPath: '$.ref' }, {})).toBe(true)
  })

  it.each(['', 'ref', '$ref', '$.', '$.a..b', '$.a[', '$.a[b]', '$.a[?(@.b)]'])('%j is no path', path => {
    expect(parseJsonPath(path)).toBeUndefined()
  })
})
