import { AwsError } from '../../server/awsError.ts'

/** A page of a list, and the token of the next. Throws InvalidContinuationTokenException. */
export function pageOf<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
): { page: T[]; nextToken?: string } {
  const start = token === undefined || token === '' ? 0 : Number(Buffer.from(token, 'base64url').toString('latin1'))
  if (!Number.isInteger(start) || start < 0 || start > all.length) {
    throw new AwsError('InvalidContinuationTokenException', 'The specified continuation token is not valid')
  }
  const end = start + size
  return {
    page: all.slice(start, end),
    ...(end < all.length && { nextToken: Buffer.from(String(end)).toString('base64url') }),
  }
}
