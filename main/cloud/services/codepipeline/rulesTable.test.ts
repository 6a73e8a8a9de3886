import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const rows = [
  ...readFileSync(new URL('RULES.md', import.meta.url), 'utf8').matchAll(/^\| (.+?) \| `(.+?)` › ?(.*) \|$/gm),
]
const root = new URL('../../../../', import.meta.url)

describe('the list of rules', () => {
  it.each(rows.map(([, rule = '', file = '', test = '']) => [rule, file, test]))(
    '%s is held by a test that there is',
    (_rule, file, test) => {
      expect(readFileSync(new URL(file, root), 'utf8')).toContain(test)
    },
  )
})
