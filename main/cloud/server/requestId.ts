import { randomUUID } from 'node:crypto'

/** A request id as AWS gives it: a UUID, for S3 sixteen capital hex digits. */
export type NewRequestId = () => string

export const newRequestId: NewRequestId = () => randomUUID()
