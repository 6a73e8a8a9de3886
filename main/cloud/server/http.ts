import type { Readable } from 'node:stream'

/** A request as the cloud's core sees it: nothing decoded, nothing buffered. */
export interface HttpRequest {
  method: string
  /** Still percent-encoded, without the query. */
  path: string
  /** Still percent-encoded, without the `?`. */
  query: string
  /** Names in lower case; repeated ones joined as HTTP says. `host` is always there. */
  headers: Readonly<Record<string, string>>
  body: Readable
  sourceIp: string
  /** Aborted when the client goes away or the cloud stops. */
  signal: AbortSignal
}

/** What goes back. A stream is piped, and destroyed when the client goes away. */
export interface HttpResponse {
  status: number
  headers: Readonly<Record<string, string>>
  body?: string | Uint8Array | Readable
}

/** In the place of a response: the connection is to end without a word. */
export const noAnswer = Symbol('no answer')

/** What the cloud is: a function. The listener only adapts sockets to it. It never rejects. */
export type Handle = (request: HttpRequest) => Promise<HttpResponse | typeof noAnswer>

/**
 * A part of the endpoint that speaks no AWS protocol: git's smart HTTP, a bucket's website. Answers undefined for a
 * request that is not its own.
 */
export type Mount = (request: HttpRequest) => Promise<HttpResponse> | undefined
