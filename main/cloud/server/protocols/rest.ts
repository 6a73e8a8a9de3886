import type { Authenticated } from '../auth/authenticate.ts'
import type { Dialect } from '../auth/refusal.ts'
import type { AwsError } from '../awsError.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import type { Caller } from '../operation.ts'
import type { Document } from './protocol.ts'

/** How a REST service knows who calls. */
export type Authentication =
  /** By signature. With `anonymous`, requests that nobody signed reach the operations as an anonymous caller's. */
  | { kind: 'sigV4'; signingName: string; anonymous?: true }
  /** Not at all (SSO OIDC): every caller is anonymous, and what a request may is decided by what it brings. */
  | { kind: 'none' }
  /** By a token in a header (SSO's portal). `caller` finds whose it is, or throws the service's own refusal. */
  | { kind: 'bearer'; header: string; caller(token: string | undefined): Caller }

/** A service spoken to by method and path. */
export interface RestProtocol {
  /** As in its {@link Service} table. */
  service: string
  dialect: Dialect
  authentication: Authentication
  /** The SDK client whose runtime schemas are the model; loaded with the first request that may be this service's. */
  client: () => Promise<Readonly<Record<string, unknown>>>
  /** Whether a request that nobody signed is this service's, by its method and path. */
  claims(request: HttpRequest): Promise<boolean>
  /** The longest body, in bytes, that is read whole before anything else; undefined where bodies are streams. */
  longestDocument?: number
  /** Which operation a request asks for; undefined where the service has none such. `document` is its whole body. */
  ask(request: HttpRequest, document: Document | undefined): Promise<RestExchange | undefined>
  encodeError(error: AwsError, request: HttpRequest, requestId: string): HttpResponse | Promise<HttpResponse>
}

/** One request of a REST service, taken apart. */
export interface RestExchange {
  operation: string
  /** `seed` is what the chunks of a body signed in chunks are checked against. */
  decode(seed: Authenticated['seed'] | undefined): Promise<object>
  encode(output: object, requestId: string): HttpResponse
}
