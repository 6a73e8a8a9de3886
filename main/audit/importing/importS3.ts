import type { ImportUpdate } from '../../../preload/contract/audit.ts'
import type { TrailFiles } from '../../aws/trailFiles.ts'
import { Failure } from '../../base/failure.ts'
import { failureShape } from '../../base/rpc.ts'
import type { S3Place } from '../audit.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { importTrailFile, nothingImported, together } from './trailFile.ts'

/**
 * Takes over every CloudTrail file under a prefix. Repeating it adds nothing twice. A file that may not be read is told
 * among the problems; that the bucket may not be listed ends it.
 */
export async function* importS3(
  files: TrailFiles,
  ledger: Ledger,
  { bucket, prefix, ...at }: S3Place,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportUpdate, void, void> {
  const ask = { priority: 'open', signal } as const
  let result = nothingImported
  for await (const key of files.keys(at, bucket, prefix, ask)) {
    if (signal?.aborted) return
    // Digest files prove the others; they hold no events.
    if (key.includes('/CloudTrail-Digest/')) continue
    try {
      result = together(result, importTrailFile(ledger, key, await files.read(at, bucket, key, ask)))
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      const problems = [{ file: key, why: failureShape(thrown).message }]
      result = together(result, { ...nothingImported, files: 1, problems })
    }
    yield { kind: 'progress', result }
  }
  yield { kind: 'done', result }
}
