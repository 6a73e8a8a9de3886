import type { Readable } from 'node:stream'
import type { Authenticated } from '../auth/authenticate.ts'
import { chunkSignature, sameSignature } from '../auth/sigV4.ts'
import { AwsError } from '../awsError.ts'

/** The request's own signature, from which those of its chunks are chained. */
export type ChunkSigning = Authenticated['seed']

/** Names in lower case. Filled once the stream has ended. */
export type Trailers = Map<string, string>

const longestLine = 16 * 1024

/**
 * Takes `Content-Encoding: aws-chunked` off a body: yields its bytes, fills `trailers`, and refuses a frame that is cut
 * short, malformed, or signed wrongly. A chunk is passed on only once its signature was found right.
 */
export async function* decodeAwsChunked(
  body: Readable,
  trailers: Trailers,
  signing?: ChunkSigning,
): AsyncGenerator<Uint8Array> {
  const input = reader(body)
  const check = signing && chunkChecker(signing)
  for (;;) {
    const [size = '', ...extensions] = (await input.line()).split(';')
    if (!/^[0-9a-f]{1,8}$/i.test(size.trim())) throw incomplete('a chunk does not begin with its size')
    const length = Number.parseInt(size, 16)
    const signature = extensions.map(e => /^\s*chunk-signature=([0-9a-f]{64})\s*$/.exec(e)?.[1]).find(Boolean)
    if (check) {
      const bytes = length > 0 ? await input.exactly(length) : new Uint8Array()
      check.chunk(signature, bytes)
      if (length > 0) yield bytes
    } else if (length > 0) {
      yield* input.upTo(length)
    }
    if (length === 0) break
    if ((await input.line()) !== '') throw incomplete('a chunk is longer than it says')
  }
  const signed: string[] = []
  for (let line = await input.lineOrEnd(); line; line = await input.lineOrEnd()) {
    const colon = line.indexOf(':')
    if (colon < 1) throw incomplete('a trailer has no name')
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
    if (name === 'x-amz-trailer-signature') check?.trailer(value, signed)
    else {
      signed.push(`${name}:${value}\n`)
      trailers.set(name, value)
    }
  }
}

function chunkChecker(seed: ChunkSigning) {
  let previous = seed.signature
  const check = (kind: 'PAYLOAD' | 'TRAILER', given: string | undefined, data: Uint8Array) => {
    const expected = chunkSignature(kind, previous, data, seed)
    if (given === undefined || !sameSignature(expected, given)) {
      throw new AwsError(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
        { status: 403 },
      )
    }
    previous = expected
  }
  return {
    chunk: (given: string | undefined, bytes: Uint8Array) => check('PAYLOAD', given, bytes),
    trailer: (given: string, lines: readonly string[]) => check('TRAILER', given, Buffer.from(lines.join(''))),
  }
}

const incomplete = (why: string) =>
  new AwsError('IncompleteBody', `The request body terminated unexpectedly: ${why}.`, { status: 400 })

/** Lines and counted bytes from a stream, holding no more than it was handed. */
function reader(body: Readable) {
  const source = body[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async () => {
    const next: IteratorResult<Buffer> = await source.next()
    if (next.done) return false
    held = held.length > 0 ? Buffer.concat([held, next.value]) : next.value
    return true
  }
  const lineOrEnd = async (): Promise<string | undefined> => {
    let end = held.indexOf('\r\n')
    while (end < 0) {
      if (held.length > longestLine) throw incomplete('a line is too long')
      if (!(await more())) {
        if (held.length > 0) throw incomplete('a line is cut short')
        return undefined
      }
      end = held.indexOf('\r\n')
    }
    const line = held.toString('latin1', 0, end)
    held = held.subarray(end + 2)
    return line
  }
  const upTo = async function* (length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      if (held.length === 0 && !(await more())) throw incomplete('a chunk is cut short')
      const part = held.subarray(0, left)
      held = held.subarray(part.length)
      left -= part.length
      yield part
    }
  }
  return {
    lineOrEnd,
    upTo,
    async line() {
      const line = await lineOrEnd()
      if (line === undefined) throw incomplete('the last chunk is missing')
      return line
    },
    async exactly(length: number): Promise<Uint8Array> {
      if (length > 64 * 1024 * 1024) throw incomplete('a signed chunk is larger than 64 MiB')
      const parts: Uint8Array[] = []
      for await (const part of upTo(length)) parts.push(part)
      return Buffer.concat(parts)
    },
  }
}
