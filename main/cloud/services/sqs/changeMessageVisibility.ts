import type { ChangeMessageVisibilityRequest } from '@aws-sdk/client-sqs'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { queueOf, type Sqs } from './lends.ts'
import { checkReceipt } from './receipts.ts'
import { missingParameter, within } from './refusals.ts'

/** Hides a message that was taken for another while from now; 0 shows it at once. */
export const changeMessageVisibility: Operation<Sqs, ChangeMessageVisibilityRequest, object> = {
  authorized: false,
  run(sqs, { QueueUrl, ReceiptHandle, VisibilityTimeout }, call) {
    const queue = queueOf(sqs, call, QueueUrl, 'ChangeMessageVisibility')
    const receipt = checkReceipt(ReceiptHandle)
    if (VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout')
    const now = sqs.clock.now()
    const visible = now + within(VisibilityTimeout, 'VisibilityTimeout', 0, 43_200, 0) * 1_000
    if (!sqs.messages.hide(queue, receipt, visible, now)) {
      throw new AwsError(
        'MessageNotInflight',
        `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      )
    }
    return {}
  },
}
