import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, parse, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { messageOf } from '../../base/failure.ts'

/** What tells a cloud's directory from any other, and its layout from a later one. */
const marker = { name: 'cloud.json', content: { cloudpipelines: 'local cloud', layout: 1 } }

/** Why a directory cannot be a cloud's, in a sentence with what to do. */
export class DirectoryRefused extends Error {}

/** A cloud's own directory, held until released: two clouds on one state would undo each other. */
export interface CloudDirectory {
  path: string
  release(): void
}

/** Makes or opens the directory of a cloud, and locks it. `reset` empties it first. Throws {@link DirectoryRefused}. */
export function openDirectory(given: string, { reset = false } = {}): CloudDirectory {
  const path = resolve(given)
  try {
    return openAt(path, reset)
  } catch (thrown) {
    if (thrown instanceof DirectoryRefused) throw thrown
    throw new DirectoryRefused(`${path} can't be used: ${messageOf(thrown)}; name another with --data.`)
  }
}

function openAt(path: string, reset: boolean): CloudDirectory {
  if (existsSync(path) && readdirSync(path).length > 0) requireMarker(path, reset)
  mkdirSync(path, { recursive: true })
  // The keys of every account lie in here.
  chmodSync(path, 0o700)
  const release = lock(path)
  if (reset) {
    for (const entry of readdirSync(path)) {
      if (!entry.startsWith('cloud.lock')) rmSync(join(path, entry), { recursive: true, force: true })
    }
  }
  writeFileSync(join(path, marker.name), `${JSON.stringify(marker.content)}\n`)
  return { path, release }
}

function requireMarker(path: string, reset: boolean) {
  const file = join(path, marker.name)
  const refuse = (why: string) =>
    new DirectoryRefused(`${path} ${why}; ${reset ? 'it was not touched' : 'name another with --data'}.`)
  if (path === parse(path).root || !existsSync(file))
    throw refuse('is not empty and not the directory of a local cloud')
  let layout: unknown
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    layout = typeof content === 'object' && content !== null && 'layout' in content ? content.layout : undefined
  } catch {
    layout = undefined
  }
  if (layout !== marker.content.layout)
    throw refuse('was written by a version of the local cloud that this one does not know')
}

const sqliteBusy = 5

/**
 * SQLite's own lock on a file that holds nothing: the system lets go of it when the process ends, however it ends, so
 * there is no stale lock to clear after a crash.
 */
function lock(path: string): () => void {
  const db = new DatabaseSync(join(path, 'cloud.lock'))
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE')
  } catch (thrown) {
    db.close()
    const busy = thrown instanceof Error && 'errcode' in thrown && (Number(thrown.errcode) & 0xff) === sqliteBusy
    if (!busy) throw thrown
    throw new DirectoryRefused(
      `Another local cloud is already running on ${path}; stop it, or name another directory with --data.`,
    )
  }
  return () => db.close()
}
