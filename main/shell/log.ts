import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Host } from './host.ts'

/** Names under which a secret might travel; their values are never written. */
const secrets = [
  'secretAccessKey',
  'sessionToken',
  'accessToken',
  'refreshToken',
  'password',
  'token',
  '*.secretAccessKey',
  '*.sessionToken',
  '*.accessToken',
  '*.refreshToken',
  '*.password',
  '*.token',
]

/** The desk's log: JSON lines in `<data>/logs/desk.log`, secrets redacted by name. */
export function fileLog(data: string): { log: Host['log']; file: string; flush: () => void } {
  const dir = join(data, 'logs')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const file = join(dir, 'desk.log')
  const destination = pino.destination({ dest: file, sync: true, mode: 0o600 })
  const logger = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: secrets, censor: '[secret]' } },
    destination,
  )
  return {
    log: (level, message, fields = {}) => logger[level](fields, message),
    file,
    flush: () => destination.flushSync(),
  }
}
