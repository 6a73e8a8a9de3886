import * as sdk from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { operations } from './index.ts'
import { operationsTable, readReadme, withTable } from './operationsTable.testing.ts'

describe('the operations', () => {
  it('are all 44 that the SDK knows', () => {
    const known = Object.keys(sdk)
      .filter(name => name.endsWith('Command') && name !== '$Command')
      .map(name => name.replace(/Command$/, ''))
    expect(Object.keys(operations).sort()).toEqual(known.sort())
    expect(known).toHaveLength(44)
  })

  it('stand in the README as their files tell of them (npx node resources/scripts/operations.mjs)', () => {
    expect(operationsTable().split('\n')).toHaveLength(46)
    expect(readReadme()).toBe(withTable(readReadme()))
  })
})
