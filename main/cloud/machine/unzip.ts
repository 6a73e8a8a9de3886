import { createWriteStream, lstatSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'

/** An archive that must not or cannot be unpacked: the build's DOWNLOAD_SOURCE fails with its sentence. */
class ArchiveError extends Error {
  override name = 'ArchiveError'
}

/** AWS's own limits of a source (CodePipeline quotas: 100,000 files), and room for what they unpack to. */
const mostFiles = 100_000
const mostBytes = 8 * 1024 ** 3

const fileType = 0o170_000
const linkType = 0o120_000

/** Unpacks a ZIP below `directory`, with file modes and symbolic links. Refuses names that lead out of it. */
export async function unzip(file: string, directory: string): Promise<void> {
  const zip = await yauzl.openPromise(file, { lazyEntries: true, autoClose: false }).catch(asArchiveError)
  try {
    const entries = await listEntries(zip)
    // Links come last: no file of the archive is written through one of them.
    const links = entries.filter(isLink)
    for (const entry of entries) if (!isLink(entry)) await unpack(zip, entry, directory)
    for (const entry of links) {
      const target = await text(await openEntry(zip, entry))
      const path = place(entry, directory)
      if (lstatSync(path, { throwIfNoEntry: false }))
        throw new ArchiveError(`${entry.fileName} is in the archive twice`)
      symlinkSync(target, path)
    }
  } finally {
    zip.close()
  }
}

function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = []
    let bytes = 0
    // yauzl itself refuses absolute names, `..` and backslashes.
    zip.on('error', error => reject(new ArchiveError(error instanceof Error ? error.message : String(error))))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry)
      bytes += entry.uncompressedSize
      if (entries.length > mostFiles) reject(new ArchiveError(`the archive holds more than ${mostFiles} files`))
      else if (bytes > mostBytes) reject(new ArchiveError(`the archive unpacks to more than ${mostBytes} bytes`))
      else zip.readEntry()
    })
    zip.readEntry()
  })
}

async function unpack(zip: yauzl.ZipFile, entry: yauzl.Entry, directory: string): Promise<void> {
  const path = place(entry, directory)
  if (entry.fileName.endsWith('/')) {
    mkdirSync(path, { recursive: true })
    return
  }
  const mode = modeOf(entry) & 0o777
  // wx: an archive that names a file twice is broken, and must not decide by order.
  await pipeline(
    await openEntry(zip, entry),
    createWriteStream(path, { flags: 'wx', mode: mode === 0 ? 0o644 : mode | 0o400 }),
  ).catch(asArchiveError)
}

/** Makes the directories that lead to an entry. Only real directories are there yet, so nothing leads elsewhere. */
function place(entry: yauzl.Entry, directory: string): string {
  const path = join(directory, entry.fileName)
  mkdirSync(dirname(path), { recursive: true })
  return path
}

const openEntry = (zip: yauzl.ZipFile, entry: yauzl.Entry) => zip.openReadStreamPromise(entry)

/** Unix modes lie in the upper half of the external attributes. */
const modeOf = (entry: yauzl.Entry) => entry.externalFileAttributes >>> 16
const isLink = (entry: yauzl.Entry) => (modeOf(entry) & fileType) === linkType

function asArchiveError(error: unknown): never {
  throw new ArchiveError(error instanceof Error ? error.message : String(error))
}
