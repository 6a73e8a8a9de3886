import { invalidReceipt, missingParameter } from './refusals.ts'

/** A receipt handle that SQS could have given: 24 random bytes and the message's place. */
export function checkReceipt(handle: string | undefined): string {
  if (handle === undefined) throw missingParameter('ReceiptHandle')
  if (!/:\d+$/.test(Buffer.from(handle, 'base64').toString('latin1'))) throw invalidReceipt(handle)
  return handle
}
