import type { GitConfiguration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { type GitHappening, triggers } from './gitTriggers.ts'
import { javaGlob } from './javaGlob.ts'

describe('a glob', () => {
  it.each([
    ['feature/*', 'feature/hats', true],
    ['feature/*', 'feature/hats/red', false],
    ['feature/**', 'feature/hats/red', true],
    ['common/**/*.js', 'common/app.js', true],
    ['common/**/*.js', 'common/lib/deep/app.js', true],
    ['common/**/*.js', 'uncommon/app.js', false],
    ['**/README.md', 'README.md', true],
    ['**', 'a/b/c', true],
    ['*', 'a/b', false],
    ['*', '.github', true],
    ['release-?', 'release-1', true],
    ['release-?', 'release-10', false],
    ['v[0-9].*', 'v1.2', true],
    ['v[!0-9]*', 'v1', false],
    ['v[!0-9]*', 'vx', true],
    ['*.{ts,tsx}', 'app.tsx', true],
    ['*.{ts,tsx}', 'app.js', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a+b', 'aab', false],
    ['main', 'Main', false],
  ])('%s for %s: %s', (pattern, text, expected) => expect(javaGlob(pattern)?.test(text)).toBe(expected))

  it.each(['{a,{b,c}}', '{a', '[a', '[]', 'a\\', '[z-a]'])('is not %s', pattern =>
    expect(javaGlob(pattern)).toBeUndefined(),
  )
})

describe('a trigger', () => {
  const starts = (config: Omit<GitConfiguration, 'sourceActionName'>, happening: GitHappening) =>
    triggers({ sourceActionName: 'Checkout', ...config }, happening)
  const pushed = (branch: string, ...files: string[]): GitHappening => ({ kind: 'branch', branch, files })

  it('starts for branches that are included and not excluded', () => {
    const config = { push: [{ branches: { includes: ['main', 'feature/**'], excludes: ['feature/wip/*'] } }] }
    expect(starts(config, pushed('main'))).toBe(true)
    expect(starts(config, pushed('feature/hats'))).toBe(true)
    expect(starts(config, pushed('feature/wip/hats'))).toBe(false)
    expect(starts(config, pushed('other'))).toBe(false)
    expect(starts(config, { kind: 'tag', tag: 'main' })).toBe(false)
  })

  it('starts where one file passes, each judged alone', () => {
    const filePaths = { includes: ['src/**'], excludes: ['src/**/*.md'] }
    const config = { push: [{ branches: { includes: ['main'] }, filePaths }] }
    expect(starts(config, pushed('main', 'src/app.ts', 'src/README.md'))).toBe(true)
    expect(starts(config, pushed('main', 'src/README.md', 'docs/app.ts'))).toBe(false)
    expect(starts(config, pushed('next', 'src/app.ts'))).toBe(false)
    expect(starts(config, { kind: 'branch', branch: 'main', files: 'new' })).toBe(false)
  })

  it('looks at the first hundred files only', () => {
    const config = { push: [{ branches: { includes: ['main'] }, filePaths: { includes: ['z'] } }] }
    const others = Array.from({ length: 100 }, (_, index) => `a${index}`)
    expect(starts(config, pushed('main', ...others.slice(1), 'z'))).toBe(true)
    expect(starts(config, pushed('main', ...others, 'z'))).toBe(false)
  })

  it('starts for tags, whatever the branch', () => {
    const config = { push: [{ tags: { includes: ['v*'], excludes: ['v*-rc'] } }] }
    expect(starts(config, { kind: 'tag', tag: 'v1.2' })).toBe(true)
    expect(starts(config, { kind: 'tag', tag: 'v1.2-rc' })).toBe(false)
    expect(starts(config, pushed('v1.2'))).toBe(false)
  })

  it('starts for pull requests into a branch, at the events that it names', () => {
    const config: Omit<GitConfiguration, 'sourceActionName'> = {
      pullRequest: [
        { events: ['OPEN', 'UPDATED'], branches: { includes: ['main'] }, filePaths: { includes: ['src/**'] } },
      ],
    }
    const request = (event: 'OPEN' | 'CLOSED', branch: string, ...files: string[]): GitHappening => ({
      kind: 'pullRequest',
      event,
      branch,
      files,
    })
    expect(starts(config, request('OPEN', 'main', 'src/app.ts'))).toBe(true)
    expect(starts(config, request('CLOSED', 'main', 'src/app.ts'))).toBe(false)
    expect(starts(config, request('OPEN', 'next', 'src/app.ts'))).toBe(false)
    expect(starts(config, request('OPEN', 'main', 'docs/app.md'))).toBe(false)
    expect(starts(config, pushed('main', 'src/app.ts'))).toBe(false)
  })

  it('starts where any of its filters passes', () => {
    const config = { push: [{ tags: { includes: ['v*'] } }, { branches: { includes: ['main'] } }] }
    expect(starts(config, pushed('main'))).toBe(true)
    expect(starts(config, { kind: 'tag', tag: 'v1' })).toBe(true)
  })
})
