import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { FunctionCode } from '@aws-sdk/client-lambda'
import { messageOf } from '../../../base/failure.ts'
import { unzip } from '../../machine/unzip.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Caller } from '../../server/operation.ts'
import type { Objects } from '../s3/objects.ts'
import type { CodePackage } from './model.ts'
import { invalidParameter, notOffered } from './names.ts'

/** AWS's own limit on an unzipped package is 250 MB; on a zipped one sent directly 50 MB. */
const longestZip = 50 * 1024 * 1024

/** Deployment packages, unpacked by their hash: two functions of the same code share one. */
export interface CodeStore {
  /** Takes the code of a request in. Reads a bucket as `caller`. Throws where it is no archive that can be unpacked. */
  take(caller: Caller, code: FunctionCode): Promise<CodePackage>
  /** Where a package lies unpacked: to be read, never to be changed. */
  directory(code: CodePackage): string
  /** Forgets every package but these: never while functions run, since one that was replaced may still be read. */
  prune(used: Iterable<string>): void
}

export function createCodeStore({ directory, objects }: { directory: string; objects: Objects }): CodeStore {
  const nameOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex')
  const place = (base64: string) => join(directory, nameOf(base64))
  const unpacking = join(directory, 'unpacking')
  let turns = 0

  return {
    async take(caller, code) {
      const bytes = read(caller, code, objects)
      const made = { hash: hash('sha256', bytes, 'base64'), size: bytes.byteLength }
      if (existsSync(place(made.hash))) return made
      const scratch = join(unpacking, String(++turns))
      mkdirSync(join(scratch, 'code'), { recursive: true })
      try {
        writeFileSync(join(scratch, 'code.zip'), bytes)
        await unzip(join(scratch, 'code.zip'), join(scratch, 'code'))
        if (!existsSync(place(made.hash))) await rename(join(scratch, 'code'), place(made.hash))
      } catch (error) {
        throw invalidParameter(
          `Could not unzip uploaded file. Please check your file, then try to upload again. (${messageOf(error)})`,
        )
      } finally {
        rmSync(scratch, { recursive: true, force: true })
      }
      return made
    },
    directory: code => place(code.hash),
    prune(used) {
      if (!existsSync(directory)) return
      const kept = new Set([...used].map(nameOf))
      for (const name of readdirSync(directory)) {
        if (!kept.has(name)) rmSync(join(directory, name), { recursive: true, force: true })
      }
    },
  }
}

function read(caller: Caller, code: FunctionCode, objects: Objects): Uint8Array {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion, ImageUri } = code
  if (ImageUri !== undefined) throw notOffered('A container image as a package')
  if (ZipFile !== undefined) {
    if (ZipFile.byteLength <= longestZip) return ZipFile
    throw new AwsError('RequestEntityTooLargeException', `Zipped size must be smaller than ${longestZip} bytes`, {
      status: 413,
    })
  }
  if (S3Bucket === undefined || S3Key === undefined)
    throw invalidParameter('Please provide a source for function code.')
  try {
    return readFileSync(objects.open(caller, S3Bucket, S3Key, S3ObjectVersion).file)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.name}. S3 Error Message: ${error.message}`,
    )
  }
}
