import type { Authenticated } from '../auth/authenticate.ts'
import type { Dialect } from '../auth/refusal.ts'
import type { AwsError } from '../awsError.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'

/** A service spoken to by method and path. It reads and writes its bodies itself, because some of them are streams. */
export interface RestProtocol {
  /** As in its {@link Service} table, and in the SigV4 credential scope. */
  service: string
  dialect: Dialect
  /** Whether requests that nobody signed are let through to the operations, as an anonymous caller's. */
  anonymous: boolean
  /** Which operation a request asks for; undefined where the service has none such. */
  ask(request: HttpRequest): Promise<RestExchange | undefined>
  encodeError(error: AwsError, request: HttpRequest, requestId: string): HttpResponse
}

/** One request of a REST service, taken apart. */
export interface RestExchange {
  operation: string
  /** `seed` is what the chunks of a body signed in chunks are checked against. */
  decode(seed: Authenticated['seed'] | undefined): Promise<object>
  encode(output: object, requestId: string): HttpResponse
}
