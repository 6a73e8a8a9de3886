import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import type { SelectedFile } from './fileSelection.ts'

/** The same files give the same bytes, whenever they were built: the earliest date that a ZIP can hold. */
const fixedTime = new Date(1980, 0, 1)

/** Writes the files as a ZIP. */
export async function zipFiles(files: readonly SelectedFile[], target: string): Promise<void> {
  const zip = new ZipFile()
  const failed = new Promise<never>((_, reject) => zip.once('error', reject))
  for (const file of files) {
    const options = { mtime: fixedTime, forceDosTimestamp: true, mode: 0o100_000 | file.mode }
    zip.addFile(file.path, file.name, options)
  }
  zip.end()
  await Promise.race([pipeline(zip.outputStream, createWriteStream(target)), failed])
}
