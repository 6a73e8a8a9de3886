import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedPolicy, parsePolicy } from './policy.ts'

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
const document = (...statements: unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

it('reads one or many alike', () => {
  const many = parsePolicy(document({ ...statement, Action: ['s3:GetObject'], Resource: ['*'] }), 'identity')
  expect(parsePolicy(document(statement), 'identity')).toEqual(many)
  expect(parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), 'identity')).toEqual(many)
})

describe('a document is refused', () => {
  it.each([
    ['that is no JSON', '{', 'identity'],
    ['that is no object', '[]', 'identity'],
    ['of an unknown version', JSON.stringify({ Version: '2030-01-01', Statement: [statement] }), 'identity'],
    ['without statements', JSON.stringify({ Version: '2012-10-17' }), 'identity'],
    ['with no statement', document(), 'identity'],
    [
      'with an element nobody knows',
      JSON.stringify({ Version: '2012-10-17', Statement: [statement], Extra: 1 }),
      'identity',
    ],
    ['with an effect in lower case', document({ ...statement, Effect: 'allow' }), 'identity'],
    ['without an action', document({ Effect: 'Allow', Resource: '*' }), 'identity'],
    ['with both Action and NotAction', document({ ...statement, NotAction: 's3:*' }), 'identity'],
    ['with an action of no service', document({ ...statement, Action: 'GetObject' }), 'identity'],
    ['with an action that is no text', document({ ...statement, Action: [1] }), 'identity'],
    ['without a resource', document({ Effect: 'Allow', Action: 's3:*' }), 'identity'],
    ['with a resource that is no ARN', document({ ...statement, Resource: 'arn:aws:s3:*' }), 'identity'],
    ['for an identity with a principal', document({ ...statement, Principal: '*' }), 'identity'],
    ['for a resource without a principal', document(statement), 'resource'],
    ['for a role with a resource', document({ ...statement, Principal: '*' }), 'trust'],
    ['with a principal of no kind', document({ ...statement, Principal: { Me: '*' } }), 'resource'],
    ['with a condition that is no object', document({ ...statement, Condition: { StringEquals: 'a' } }), 'identity'],
    ['with a condition on an object', document({ ...statement, Condition: { StringEquals: { k: {} } } }), 'identity'],
  ] as const)('%s', (_what, text, kind) => {
    expect(() => parsePolicy(text, kind)).toThrow(MalformedPolicy)
  })

  it('whatever it holds, never in another way', () => {
    const read = (text: string) => {
      try {
        return parsePolicy(text, 'resource')
      } catch (error) {
        return error
      }
    }
    const strange = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map(json => document(JSON.parse(json))),
    )
    fc.assert(
      fc.property(strange, text => {
        const answer = read(text)
        expect(answer instanceof MalformedPolicy || Object.hasOwn(answer as object, 'statements')).toBe(true)
      }),
    )
  })
})

it.each(readdirSync(new URL('../../resources/policies', import.meta.url)))(
  'the shipped %s is a policy IAM takes',
  file => {
    const text = readFileSync(new URL(`../../resources/policies/${file}`, import.meta.url), 'utf8')
    expect(parsePolicy(text, 'identity').statements.length).toBeGreaterThan(0)
    // IAM's limit for a managed policy does not count white space.
    expect(text.replaceAll(/\s/g, '').length).toBeLessThan(6144)
  },
)
