import { createHash } from 'node:crypto'

/** An account as S3 names owners: by a canonical id of 64 hex digits, here derived from the account's number. */
export function owner(account: string): { ID: string } {
  return { ID: createHash('sha256').update(`canonical user of ${account}`).digest('hex') }
}
