import { mkdirSync, openSync } from 'node:fs'
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
  const file = join(logsOf(data), 'desk.log')
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

/** What the local cloud's process says on its standard error, in `<data>/logs/cloud.log`: a descriptor to append to. */
export const openCloudLog = (data: string): number => openSync(join(logsOf(data), 'cloud.log'), 'a', 0o600)

function logsOf(data: string): string {
  const directory = join(data, 'logs')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return directory
}
