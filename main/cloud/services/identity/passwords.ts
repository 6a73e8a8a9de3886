import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** scrypt’s cost, one of those that OWASP asks at least for (32 MiB); kept with each hash, so that it can grow. */
const cost = { N: 32_768, r: 8, p: 3, maxmem: 128 * 1024 * 1024 }

/** A new password, good to read and to type: 16 of 30 characters, 78 bits. */
export function newPassword(): string {
  const characters = 'abcdefghjkmnpqrstuvwxyz2346789'
  const some = () => Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join('')
  return [some(), some(), some(), some()].join('-')
}

/** `scrypt:N:r:p:salt:hash` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, 32, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':')
}

/** Takes as long for a user that does not exist (`kept` undefined) as for one that does. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (kept ?? nobody).split(':')
  const expected = Buffer.from(key, 'base64url')
  const settings = { ...cost, N: Number(N), r: Number(r), p: Number(p) }
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64url'), expected.length, settings)
  return timingSafeEqual(given, expected) && kept !== undefined
}

const nobody = `scrypt:${cost.N}:${cost.r}:${cost.p}:${'A'.repeat(22)}:${'A'.repeat(43)}`
