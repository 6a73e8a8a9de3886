/** What can run a function here. */
export type Family = 'nodejs' | 'python'

/** The family of `nodejs22.x` or `python3.13`; undefined for a runtime that this cloud has not. */
export function familyOf(runtime: string): Family | undefined {
  if (/^nodejs(\d+\.x)?$/.test(runtime)) return 'nodejs'
  return /^python3(\.\d+)?$/.test(runtime) ? 'python' : undefined
}
