import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure, messageOf } from '../base/failure.ts'

/**
 * Holds the data directory of `file` for this desk until released: two desks on one journal would each take the
 * other's writes for those of a killed desk. SQLite's own lock, which the system lets go of however the process ends.
 *
 * @throws Failure `StoreInUse` where another desk holds it, `StoreUnavailable` where the directory can't be written.
 */
export function hold(file: string): () => void {
  let lock: DatabaseSync | undefined
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(`${file}.lock`)
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
  } catch (thrown) {
    lock?.close()
    throw isBusy(thrown) ? inUse(file, thrown) : unavailable(file, thrown)
  }
  const held = lock
  return () => held.close()
}

const inUse = (file: string, cause: unknown) =>
  new Failure({
    code: 'StoreInUse',
    message: `Another desk is already open on ${dirname(file)}.`,
    place: { file },
    next: 'Go on in its window, close it, or name another directory with --data.',
    cause,
  })

const unavailable = (file: string, cause: unknown) =>
  new Failure({
    code: 'StoreUnavailable',
    message: `The desk's data directory ${dirname(file)} can't be written: ${messageOf(cause)}.`,
    place: { file },
    next: 'Make sure that the disk has room and that the directory may be written, or name another with --data.',
    cause,
  })

/** SQLITE_BUSY (5), in any of its extended forms. */
const isBusy = (thrown: unknown) =>
  thrown instanceof Error && 'errcode' in thrown && (Number(thrown.errcode) & 0xff) === 5
