import { AwsError } from '../awsError.ts'

/** AWS's refusal of an input that does not have the model's types. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message)
}
