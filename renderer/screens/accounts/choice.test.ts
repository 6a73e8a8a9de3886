import { describe, expect, it } from 'vitest'
import { firstChoice, guessEnvironment, idsIn, isFound, likelyRole, newAccounts } from './choice.ts'

const account = {
  id: '111122223333',
  name: 'shop-prod',
  email: 'shop@example.com',
  roles: ['Auditor', 'ReleaseManager'],
}

describe('choosing accounts of a portal', () => {
  it.each([
    ['payments-prod', 'production'],
    ['prd1', 'production'],
    ['live', 'production'],
    ['shop-nonprod', 'staging'],
    ['preprod', 'staging'],
    ['web staging', 'staging'],
    ['qa', 'staging'],
    ['dev-sandbox', 'development'],
    ['tooling', 'development'],
    ['product-catalogue', 'production'],
    ['reproducer', 'unknown'],
    ['contest', 'unknown'],
  ] as const)('guesses what %s is for: %s', (name, environment) => {
    expect(guessEnvironment(name)).toBe(environment)
  })

  it('keeps to the role that was last chosen, where the account has it', () => {
    expect(likelyRole(['Auditor', 'Operator'], 'Auditor')).toBe('Auditor')
    expect(likelyRole(['Auditor', 'Operator'], 'Admin')).toBe('Operator')
    expect(likelyRole(['Auditor'], undefined)).toBe('Auditor')
    expect(likelyRole([], undefined)).toBeUndefined()
  })

  it('finds by every word, in the name, the id, the mail or a role', () => {
    expect(isFound(account, 'shop release')).toBe(true)
    expect(isFound(account, '2222 auditor')).toBe(true)
    expect(isFound(account, 'shop operator')).toBe(false)
    expect(isFound(account, '')).toBe(true)
  })

  it('asks for each chosen account with what was said of it', () => {
    const choice = firstChoice(account, undefined)
    expect(choice).toEqual({
      role: 'ReleaseManager',
      alias: 'shop-prod',
      environment: 'production',
      band: 'environment',
    })
    const shared = { regions: ['eu-west-1'], readOnly: true }
    const asked = newAccounts(new Map([[account.id, { ...choice!, alias: '  ' }]]), 'corp', shared)
    expect(asked).toEqual([
      {
        id: account.id,
        source: { kind: 'sso', session: 'corp', role: 'ReleaseManager' },
        name: account.id,
        environment: 'production',
        regions: ['eu-west-1'],
        readOnly: true,
      },
    ])
    expect(newAccounts(new Map([[account.id, { ...choice!, band: 'rose' }]]), 'corp', shared)).toMatchObject([
      { name: 'shop-prod', band: 'rose' },
    ])
  })

  it('takes account ids out of whatever was pasted', () => {
    expect(idsIn('111122223333, "444455556666"; 111122223333 and 1234')).toEqual(['111122223333', '444455556666'])
  })
})
