import { AwsError } from '../../server/awsError.ts'

/** SQS's refusals, with the sentences of the service. */
export const noSuchQueue = () => new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
export const missingParameter = (name: string) =>
  new AwsError('MissingParameter', `The request must contain the parameter ${name}.`)
export const invalidParameter = (message: string) => new AwsError('InvalidParameterValue', message)
export const invalidValue = (value: unknown, parameter: string, reason: string) =>
  invalidParameter(`Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`)
export const invalidAttributeName = (name: string) => new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
export const invalidAttributeValue = (name: string) =>
  new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`)
export const invalidReceipt = (handle: string) =>
  new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)

/** A whole number within its bounds, or its default. */
export function within(value: number | undefined, parameter: string, least: number, most: number, otherwise: number) {
  if (value === undefined) return otherwise
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalidValue(value, parameter, `Must be between ${least} and ${most}, if provided.`)
  return value
}

/** What every batch must be: 1 to 10 entries with ids of their own. */
export function checkBatch(entries: readonly { Id?: string | undefined }[] | undefined, entryType: string): void {
  if (!entries || entries.length === 0)
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${entryType} in the request.`)
  if (entries.length > 10)
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    )
  const seen = new Set<string>()
  for (const { Id = '' } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id))
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      )
    if (seen.has(Id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`)
    seen.add(Id)
  }
}
