import { fromJson, toJson } from '../codec/json.ts'
import { parseDocument } from './jsonDocument.ts'
import type { Protocol } from './protocol.ts'

export interface AwsJsonSettings {
  version: '1.0' | '1.1'
  /** A service that once spoke query: its errors also carry their old code (`x-amzn-query-error`). */
  queryCompatible?: boolean
}

/** awsJson 1.0 and 1.1: the operation in `X-Amz-Target`, everything else in one JSON document. */
export function createAwsJson(settings: AwsJsonSettings): Protocol {
  const contentType = `application/x-amz-json-${settings.version}`
  const headers = (requestId: string) => ({ 'content-type': contentType, 'x-amzn-requestid': requestId })
  return {
    dialect: 'json',
    decode: (operation, _request, body) => fromJson(operation.input, parseDocument(body)) as object,
    encode(operation, output, requestId) {
      // An operation without output answers with no body at all.
      const body = operation.output.kind === 'unit' ? '' : JSON.stringify(toJson(operation.output, output))
      return { status: 200, headers: headers(requestId), body }
    },
    encodeError(error, model, requestId) {
      const queryCode = model?.queryCode ?? error.name
      const fault = (model?.status ?? error.status) >= 500 ? 'Receiver' : 'Sender'
      return {
        status: model?.status ?? error.status,
        headers: {
          ...headers(requestId),
          ...(settings.queryCompatible && { 'x-amzn-query-error': `${queryCode};${fault}` }),
        },
        body: JSON.stringify({ __type: error.name, message: error.message, ...error.members }),
      }
    },
  }
}
