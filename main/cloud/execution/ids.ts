import { hash } from 'node:crypto'

/**
 * A lower-case UUID that only depends on its arguments: the machine draws no randomness, so that a replay of the
 * event log gives the very same ids and tokens.
 */
export function derivedUuid(seed: string, index: number): string {
  const hex = hash('sha256', `${seed}/${index}`, 'hex')
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
