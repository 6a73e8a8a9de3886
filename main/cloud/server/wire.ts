import type { Readable } from 'node:stream'
import type { ChunkSigning } from './protocols/awsChunked.ts'

/** A request as the listener took it off the wire. */
export interface WireRequest {
  method: string
  /** The Host header, with its port. */
  host: string
  /** Starts with `/`; still percent-encoded, without the query. */
  path: string
  query: URLSearchParams
  /** Lower-case names; repeated ones joined by `, `. */
  headers: Readonly<Record<string, string | undefined>>
  body: Readable
  /** Present where the request is signed chunk by chunk (`STREAMING-AWS4-HMAC-SHA256-…`) and its signature was right. */
  chunkSigning?: ChunkSigning
  /** Aborted when the client went away or the cloud stops. */
  signal: AbortSignal
}

/** What goes back. A stream is piped, and destroyed when the client goes away. */
export interface WireResponse {
  status: number
  headers: Readonly<Record<string, string>>
  body?: string | Uint8Array | Readable
}

/** Something that answers requests which are no AWS call (a website, git); undefined where it is not for this one. */
export type WireHandler = (request: WireRequest) => Promise<WireResponse | undefined> | WireResponse | undefined
