import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock, Millis } from '../../../base/clock.ts'
import { type ChecksumAlgorithm, startChecksum } from './checksums.ts'

/** Bytes that lie on the disk and survive a power cut, under a name that says nothing. */
export interface Blob {
  id: string
  size: number
  /** Hex. */
  md5: string
  /** Base64. */
  checksum: string
}

/** Where the objects' bytes lie. A blob belongs to exactly one version or part; nothing changes one once it is there. */
export interface Blobs {
  /** Writes a stream to the disk. Throws what `guard` throws; leaves nothing behind then. */
  receive(
    source: AsyncIterable<Uint8Array>,
    algorithm: ChecksumAlgorithm,
    guard?: (size: number) => void,
  ): Promise<Blob>
  /** The same bytes under a second name. */
  duplicate(id: string): Promise<string>
  file(id: string): string
  /** `end` is inclusive. */
  read(id: string, range?: { start: number; end: number }): Readable
  /** The blob is no longer needed; readers that have just been told its file still find it for a while. */
  release(ids: readonly string[]): Promise<void>
  /** Removes what no row names: left behind by a crash, or released. Call before anything is received. */
  sweep(isUsed: (id: string) => boolean): Promise<void>
}

/** How long a released blob stays, for builds and deployments that were handed its file. */
const grace: Millis = 15 * 60_000

export function createBlobs(directory: string, clock: Clock): Blobs {
  const released: { id: string; at: Millis }[] = []
  const folder = (id: string) => join(directory, id.slice(0, 2))
  const file = (id: string) => join(folder(id), id)
  const place = async () => {
    const id = randomBytes(20).toString('hex')
    await mkdir(folder(id), { recursive: true })
    return id
  }
  return {
    file,
    async receive(source, algorithm, guard) {
      const id = await place()
      const md5 = createHash('md5')
      const checksum = startChecksum(algorithm)
      let size = 0
      try {
        const handle = await open(file(id), 'wx', 0o600)
        try {
          for await (const part of source) {
            size += part.byteLength
            guard?.(size)
            md5.update(part)
            checksum.update(part)
            await handle.writeFile(part)
          }
          await handle.sync()
        } finally {
          await handle.close()
        }
        await syncDirectory(folder(id))
      } catch (error) {
        await rm(file(id), { force: true })
        throw error
      }
      return { id, size, md5: md5.digest('hex'), checksum: checksum.digest().toString('base64') }
    },
    async duplicate(id) {
      const copy = await place()
      await link(file(id), file(copy))
      await syncDirectory(folder(copy))
      return copy
    },
    read: (id, range) => createReadStream(file(id), range ?? {}),
    async release(ids) {
      const now = clock.now()
      released.push(...ids.map(id => ({ id, at: now })))
      while (released[0] && released[0].at + grace <= now) {
        const { id } = released[0]
        released.shift()
        await rm(file(id), { force: true })
      }
    },
    async sweep(isUsed) {
      await mkdir(directory, { recursive: true })
      for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && !isUsed(entry.name)) await rm(join(entry.parentPath, entry.name), { force: true })
      }
    },
  }
}

/** A new name is durable only once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
