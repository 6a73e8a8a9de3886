import { describe, expect, it } from 'vitest'
import { widens } from './widens.ts'

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (Action: string | string[], Resource: string | string[] = '*', more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (Action: string) => ({ Effect: 'Deny', Action, Resource: '*' })

describe('a policy that was changed', () => {
  it.each([
    ['another action', policy(allow('s3:GetObject')), policy(allow(['s3:GetObject', 's3:PutObject'])), true],
    ['a wider action', policy(allow('s3:GetObject')), policy(allow('s3:*')), true],
    ['a wider resource', policy(allow('s3:*', 'arn:aws:s3:::a/*')), policy(allow('s3:*', '*')), true],
    ['a condition that is gone', policy(allow('s3:*', '*', { Condition: { Bool: {} } })), policy(allow('s3:*')), true],
    ['a denial that is gone', policy(allow('*'), deny('iam:*')), policy(allow('*')), true],
    ['what can’t be read', 'nonsense', policy(allow('s3:*')), true],
    ['a narrower action', policy(allow('s3:*')), policy(allow('s3:Get*')), false],
    ['a new condition', policy(allow('s3:*')), policy(allow('s3:*', '*', { Condition: { Bool: {} } })), false],
    ['another order and case', policy(allow(['s3:a', 's3:b'])), policy(allow(['S3:B', 's3:a'])), false],
    ['a new denial', policy(allow('*')), policy(allow('*'), deny('iam:*')), false],
  ])('may do more: %s', (_, before, after, more) => {
    expect(widens(before, after)).toBe(more)
  })
})
