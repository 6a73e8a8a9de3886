import { constants, createGunzip } from 'node:zlib'
import { AwsError } from './awsError.ts'
import { serializationError } from './codec/serialization.ts'
import type { HttpRequest } from './http.ts'

/** Bytes that a request with a document for a body may have, before and after decompression. */
const longestBody = 16 * 1024 * 1024

/** The whole body as sent. A body over the limit is refused as soon as that is known. */
export async function readBody(request: HttpRequest, longest = longestBody): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > longest) throw tooLarge()
  // The stream outlives a refusal: its connection still has to carry the answer.
  return collect(request.body.iterator({ destroyOnReturn: false }), longest)
}

/** The document in a body: decompressed where the client compressed it (CloudWatch's PutMetricData). */
export async function decompress(request: HttpRequest, body: Buffer): Promise<Buffer> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw serializationError(`Content-Encoding ${encoding} is not supported`)
  const gunzip = createGunzip({ finishFlush: constants.Z_FINISH })
  gunzip.end(body)
  try {
    return await collect(gunzip, longestBody)
  } catch (error) {
    if (error instanceof AwsError) throw error
    throw serializationError('The request body is not valid gzip')
  }
}

async function collect(source: AsyncIterable<unknown>, longest: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of source as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > longest) throw tooLarge()
    parts.push(part)
  }
  const [only] = parts
  return only && parts.length === 1 ? only : Buffer.concat(parts)
}

const tooLarge = () =>
  new AwsError('RequestEntityTooLargeException', `The request body is longer than ${longestBody} bytes.`, {
    status: 413,
  })
