import { describe, expect, it } from 'vitest'
import { hashPassword, isPassword, newPassword } from './passwords.ts'

describe('a password', () => {
  it('is known by its hash, which is another each time', async () => {
    const password = newPassword()
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    const [one, other] = [await hashPassword(password), await hashPassword(password)]
    expect(one).not.toBe(other)
    expect(one).not.toContain(password)
    expect([await isPassword(password, one), await isPassword(password, other)]).toEqual([true, true])
    expect(await isPassword(`${password} `, one)).toBe(false)
    expect(await isPassword('', one)).toBe(false)
  })

  it('of nobody is never right', async () => {
    expect(await isPassword('', undefined)).toBe(false)
    expect(await isPassword('A'.repeat(43), undefined)).toBe(false)
  })

  it('may be typed with composed or with combining characters', async () => {
    expect(await isPassword('caf\u00e9', await hashPassword('cafe\u0301'))).toBe(true)
  })
})
