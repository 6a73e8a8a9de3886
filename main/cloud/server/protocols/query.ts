import { fromForm } from '../codec/form.ts'
import { escapeXml, toXml } from '../codec/xml.ts'
import type { OperationModel } from '../model/serviceModel.ts'
import type { Document, Protocol } from './protocol.ts'

/** The query protocol: `Action`, `Version` and dotted parameters in a form, XML back. `namespace` is the service's own. */
export function createQuery(namespace: string): Protocol {
  const headers = (requestId: string) => ({ 'content-type': 'text/xml', 'x-amzn-requestid': requestId })
  return {
    dialect: 'query',
    decode: (operation, request, body) => fromForm(operation.input, parseForm(request.query, body)),
    encode: (operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: responseXml(operation, output, requestId, namespace),
    }),
    encodeError(error, model, requestId) {
      const status = model?.status ?? queryStatus(error.name, error.status)
      const code = model?.queryCode ?? queryCode(error.name)
      const type = status >= 500 ? 'Receiver' : 'Sender'
      const inner = `<Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>`
      return {
        status,
        headers: headers(requestId),
        body: `<ErrorResponse xmlns="${namespace}"><Error>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      }
    },
  }
}

/** A query request's parameters: from the URL, and from the form in the body, which has the last word. */
export function parseForm(query: string, body: Document): URLSearchParams {
  const parameters = new URLSearchParams(query)
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) parameters.set(name, value)
  return parameters
}

function responseXml(operation: OperationModel, output: object, requestId: string, namespace: string): string {
  const { name } = operation
  const result = operation.output.kind === 'unit' ? '' : toXml(`${name}Result`, operation.output, output)
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  return `<${name}Response xmlns="${namespace}">${result}${metadata}</${name}Response>`
}

/** Errors that every service shares are named without the suffix here: `AccessDenied`, `Throttling`. */
function queryCode(name: string): string {
  if (name === 'SerializationException') return 'MalformedInput'
  if (name === 'ValidationException') return 'ValidationError'
  if (name === 'UnknownOperationException') return 'InvalidAction'
  return name.replace(/Exception$/, '')
}

const queryStatus = (name: string, status: number) => (name.startsWith('AccessDenied') ? 403 : status)
