import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda'
import { messageOf } from '../../../base/failure.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { functionOf, type Lambda } from './lends.ts'
import { latest, validation } from './names.ts'

/** AWS's limits on an event, in bytes: waited for, and only told. */
const longest = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024 }

/** Runs a function, and waits for it or not. Its log's end comes along where that is asked for. */
export const invoke: Operation<Lambda, InvocationRequest, InvocationResponse> = {
  authorized: false,
  async run(lends, input, call) {
    const { InvocationType: type = 'RequestResponse', LogType, ClientContext } = input
    const stored = functionOf(lends, call, input, 'InvokeFunction')
    if (type === 'DryRun') return { StatusCode: 204 }
    if (type !== 'RequestResponse' && type !== 'Event') {
      throw validation(
        `1 validation error detected: Value '${String(type)}' at 'invocationType' failed to satisfy constraint: Member must satisfy enum value set: [Event, DryRun, RequestResponse]`,
      )
    }
    const size = input.Payload?.byteLength ?? 0
    if (size > longest[type]) {
      throw new AwsError(
        'RequestTooLargeException',
        `${size} byte payload is too large for the ${type} invocation type (limit ${longest[type]} bytes)`,
        {
          status: 413,
          members: { Type: 'User' },
        },
      )
    }
    const payload = readPayload(input.Payload)
    if (type === 'Event') {
      lends.invocations.tell(stored, payload)
      return { StatusCode: 202 }
    }
    const result = await lends.invocations.request(stored, payload, ClientContext)
    return {
      StatusCode: 200,
      ExecutedVersion: latest,
      ...(result.failed && { FunctionError: 'Unhandled' }),
      ...(LogType === 'Tail' && { LogResult: Buffer.from(result.tail).toString('base64') }),
      Payload: Buffer.from(result.payload),
    }
  },
}

/** JSON text, or AWS's refusal of what is none. */
export function readPayload(bytes: Uint8Array | undefined): string {
  if (bytes === undefined || bytes.byteLength === 0) return '{}'
  const text = Buffer.from(bytes).toString('utf8')
  try {
    JSON.parse(text)
  } catch (error) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${messageOf(error)}`,
      {
        members: { Type: 'User' },
      },
    )
  }
  return text
}
