/** A commit's or an execution's id as lists show it: what is long and hexadecimal is cut, anything else stays. */
export function shortId(id: string): string {
  return /^[0-9a-f]{8}-/.test(id) ? id.slice(0, 8) : /^[0-9a-f]{12,}$/.test(id) ? id.slice(0, 7) : id
}

/** `…3333`: enough of an account id to tell accounts apart. */
export const lastFour = (account: string): string => `…${account.slice(-4)}`

/** `1 pipeline`, `14 pipelines`. */
export const count = (size: number, singular: string, plural = `${singular}s`): string =>
  `${size.toLocaleString('en-GB')} ${size === 1 ? singular : plural}`
