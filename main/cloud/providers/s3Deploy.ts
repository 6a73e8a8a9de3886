import { type Entry, openPromise } from 'yauzl'
import type { Objects, PutOptions } from '../services/s3/objects.ts'
import { type Artifacts, isError, permitted } from './artifacts.ts'
import { contentTypeOf } from './contentTypes.ts'
import { ActionFailure, type ActionJob, nothingMade, type Provider } from './provider.ts'
import { flag, required } from './settings.ts'

/** Deploy, S3: the input artifact into a bucket, file by file or as it is. */
export function s3Deploy({ artifacts, objects }: { artifacts: Artifacts; objects: Objects }): Provider {
  return {
    async start(job) {
      const bucket = required(job, 'BucketName')
      required(job, 'Extract')
      const as = artifacts.identity(job)
      const [input] = await artifacts.inputs(job)
      if (!input) throw new ActionFailure('ConfigurationError', 'The action has no input artifact to deploy.')
      const file = artifacts.open(as, input)
      const options: PutOptions = {}
      const cacheControl = job.attempt.resolvedConfiguration.CacheControl
      if (cacheControl !== undefined) options.cacheControl = cacheControl

      const put = (key: string, body: Parameters<Objects['put']>[3]) =>
        deployed(bucket, () => objects.put(as, bucket, key, body, { ...options, contentType: contentTypeOf(key) }))
      if (flag(job, 'Extract')) await eachFile(file, prefixOf(job), put, job.signal)
      else await put(objectKey(job), { file })
      return { kind: 'succeeded', summary: 'Deployment Succeeded', result: nothingMade }
    },
  }
}

type Put = (key: string, body: Parameters<Objects['put']>[3]) => Promise<unknown>

async function eachFile(file: string, prefix: string, put: Put, signal: AbortSignal): Promise<void> {
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true, strictFileNames: false }).catch(
    (thrown: unknown) => {
      throw new ActionFailure('ConfigurationError', 'The input artifact is not a ZIP file; set Extract to false.', {
        cause: thrown,
      })
    },
  )
  try {
    // yauzl refuses absolute names and `..` by itself.
    for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
      if (signal.aborted) return
      if (!entry.fileName.endsWith('/')) await put(prefix + entry.fileName, await zip.openReadStreamPromise(entry))
    }
  } finally {
    zip.close()
  }
}

/** With Extract, ObjectKey is a folder in the bucket. */
function prefixOf(job: ActionJob): string {
  const prefix = job.attempt.resolvedConfiguration.ObjectKey ?? ''
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
}

/** Without Extract, ObjectKey may carry `{datetime}` and `{uuid}`; both are the attempt's own, so a second try overwrites. */
const objectKey = (job: ActionJob) =>
  required(job, 'ObjectKey')
    .replaceAll('{datetime}', new Date(job.attempt.startedAt).toISOString().replace(/\.\d+Z$/, 'Z'))
    .replaceAll('{uuid}', job.attempt.id)

async function deployed<T>(bucket: string, work: () => Promise<T>): Promise<T> {
  try {
    return await permitted(reason => `Unable to access the S3 bucket ${bucket}: ${reason}`, work)
  } catch (thrown) {
    if (!isError(thrown, 'NoSuchBucket')) throw thrown
    throw new ActionFailure('ConfigurationError', `No bucket with the name ${bucket} was found`, { cause: thrown })
  }
}
