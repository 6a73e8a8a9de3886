import { formatNumber } from './number.ts'

/** A revision's or an execution's id as lists show it: a commit's first 7 digits, a UUID's first 8; versions stay. */
export function shortId(id: string): string {
  if (/^[0-9a-f]{8}-/.test(id)) return id.slice(0, 8)
  if (/^[0-9a-f]{12,}$/.test(id)) return id.slice(0, 7)
  return id.length > 12 ? `${id.slice(0, 7)}…` : id
}

/** `…3333`: enough of an account id to tell accounts apart. */
export const lastFour = (account: string): string => `…${account.slice(-4)}`

/** `1 pipeline`, `14 pipelines`. */
export const count = (size: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(size)} ${size === 1 ? singular : plural}`
