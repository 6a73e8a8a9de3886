import type { OnFailure } from './model.ts'

/** RETRY without a count (CodeBuild user guide). */
const defaultRetries = 3
const mostRetries = 100

/** Reads `on-failure`: ABORT, CONTINUE, RETRY, RETRY-count, RETRY-regex, RETRY-count-regex. Undefined where it is none. */
export function readOnFailure(text: string): OnFailure | undefined {
  if (text === 'ABORT') return { kind: 'abort' }
  if (text === 'CONTINUE') return { kind: 'continue' }
  if (text === 'RETRY') return { kind: 'retry', times: defaultRetries }
  const retry = /^RETRY-(?:(\d+)(?:-(.+))?|(.+))$/s.exec(text)
  if (!retry) return undefined
  const times = retry[1] === undefined ? defaultRetries : Number(retry[1])
  const pattern = retry[2] ?? retry[3]
  if (times > mostRetries) return undefined
  if (pattern === undefined) return { kind: 'retry', times }
  try {
    RegExp(pattern)
  } catch {
    return undefined
  }
  return { kind: 'retry', times, pattern }
}
