import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { AwsError } from '../awsError.ts'
import type { HttpRequest } from '../http.ts'
import { type ChunkSigning, decodeAwsChunked, type Trailers } from './awsChunked.ts'

/** A body that an operation reads by itself. `trailers` are there once `stream` has ended. */
export interface StreamedBody {
  stream: Readable
  trailers: Trailers
  /** Bytes that the client says the body has, without its framing. */
  length: number | undefined
}

/**
 * A request's body without its transfer encoding, checked against `x-amz-content-sha256` while it is read. `signing` is
 * what chunk signatures go back to; without it a body signed by chunks is refused.
 */
export function openBody(request: HttpRequest, signing: ChunkSigning | undefined): StreamedBody {
  const trailers: Trailers = new Map()
  const hash = request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  const length = lengthIn(request.headers['content-length'])
  if (hash === 'UNSIGNED-PAYLOAD') return { stream: request.body, trailers, length }
  if (!hash.startsWith('STREAMING-')) {
    return { stream: Readable.from(hashed(request.body, hash), { objectMode: false }), trailers, length }
  }
  const signed = hash !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  if (signed && !(hash.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD') && signing)) {
    throw new AwsError('NotImplemented', `Bodies sent as ${hash} are not supported.`, { status: 501 })
  }
  const chunks = decodeAwsChunked(request.body, trailers, signed ? signing : undefined)
  const decoded = lengthIn(request.headers['x-amz-decoded-content-length'])
  return { stream: Readable.from(chunks, { objectMode: false }), trailers, length: decoded }
}

const lengthIn = (header: string | undefined) =>
  header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined

// Reading may end before the body does; its connection still has to carry the answer.
const kept = (body: Readable): AsyncIterable<Uint8Array> => body.iterator({ destroyOnReturn: false })

async function* hashed(body: Readable, expected: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const part of kept(body)) {
    hash.update(part)
    yield part
  }
  if (hash.digest('hex') !== expected) {
    throw new AwsError(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { status: 400 },
    )
  }
}

/** Reads a body that is no longer than `longest` bytes. */
export async function readDocument(body: Readable, longest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of kept(body)) {
    length += part.byteLength
    if (length > longest) throw new AwsError('MaxMessageLengthExceeded', 'Your request was too big.', { status: 400 })
    parts.push(part)
  }
  return Buffer.concat(parts)
}
