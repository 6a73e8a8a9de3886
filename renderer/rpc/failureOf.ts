import { TRPCClientError } from '@trpc/client'
import type { FailureShape } from '../../preload/contract/base.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function isFailure(value: unknown): value is FailureShape {
  return isRecord(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string'
}

/** What went wrong with a call, in main's own words where it has said any. */
export function failureOf(thrown: unknown): FailureShape {
  if (thrown instanceof TRPCClientError) {
    const data: unknown = thrown.data
    const said = isRecord(data) ? data['failure'] : undefined
    if (isFailure(said)) return { ...said, place: isRecord(said.place) ? said.place : {} }
  }
  return {
    code: thrown instanceof TRPCClientError ? 'ConnectionLost' : 'Unexpected',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    place: {},
    next: 'Try again; if it stays, restart the desk.',
  }
}
