import type { Dialect } from '../auth/refusal.ts'
import type { AwsError } from '../awsError.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import type { ErrorModel, OperationModel } from '../model/serviceModel.ts'

/** A body that was read to its end and decompressed. */
export type Document = Uint8Array

/** One way of putting operations on the wire whose bodies are documents. REST protocols stream, and stand apart. */
export interface Protocol {
  dialect: Dialect
  /** The operation's input, of the model's types. Throws SerializationException. */
  decode(operation: OperationModel, request: HttpRequest, body: Document): object
  encode(operation: OperationModel, output: object, requestId: string): HttpResponse
  /** `model` where the service's own model knows the error. */
  encodeError(error: AwsError, model: ErrorModel | undefined, requestId: string): HttpResponse
}
