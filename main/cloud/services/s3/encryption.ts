import { notImplemented } from './errors.ts'

/** Objects encrypted with a key that the customer brings along are refused: what was asked for would not be done. */
export function refuseCustomerKeys(input: {
  SSECustomerAlgorithm?: string | undefined
  CopySourceSSECustomerAlgorithm?: string | undefined
}): void {
  if (input.SSECustomerAlgorithm !== undefined || input.CopySourceSSECustomerAlgorithm !== undefined) {
    throw notImplemented('x-amz-server-side-encryption-customer-algorithm')
  }
}
