import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containedPath, staticFile } from './staticFiles.ts'

describe('path containment', () => {
  it('serves the index for the root', () => {
    expect(containedPath('/srv/page', '/')).toBe('/srv/page/index.html')
  })

  it.each([
    '/../secret',
    '/a/../../secret',
    '/%2e%2e/secret',
    '/%2e%2e%2fsecret',
    '/..%5csecret',
    '/%00',
    '/%zz',
    '/a%5c..%5c..%5cb',
  ])('refuses %s', path => {
    expect(containedPath('/srv/page', path)).toBeUndefined()
  })

  it('never leaves the root, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', '~', '\0'), fc.string())),
        parts => {
          const path = containedPath('/srv/page', `/${parts.join('/')}`)
          expect(path === undefined || path.startsWith(`/srv/page${sep}`)).toBe(true)
        },
      ),
    )
  })
})

describe('static files', () => {
  const root = mkdtempSync(join(tmpdir(), 'static-'))
  writeFileSync(join(root, 'index.html'), '<!doctype html>')
  writeFileSync(join(root, 'notes.secret'), 'x')
  mkdirSync(join(root, 'folder.js'))

  it('come with their type', async () => {
    expect(await staticFile(root, '/')).toMatchObject({ type: 'text/html; charset=utf-8' })
  })

  it.each(['/none.js', '/notes.secret', '/folder.js'])(
    'are not %s: missing, of no known type, or a folder',
    async path => {
      expect(await staticFile(root, path)).toBeUndefined()
    },
  )
})
