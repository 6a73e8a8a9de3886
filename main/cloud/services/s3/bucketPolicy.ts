import { MalformedPolicy, type Policy, parsePolicy } from '../../../iam/policy.ts'
import { S3Error } from './errors.ts'

/** S3: a bucket policy may have so many bytes. */
const longestPolicy = 20 * 1024

/** Throws MalformedPolicy unless it is a policy about this bucket and the objects in it. */
export function checkBucketPolicy(text: string, arn: string): void {
  if (Buffer.byteLength(text) > longestPolicy) throw malformed('The policy is larger than 20 KB')
  for (const { resources } of parse(text).statements) {
    for (const resource of resources?.patterns ?? []) {
      if (resource !== arn && resource !== `${arn}*` && !resource.startsWith(`${arn}/`)) {
        throw malformed('Policy has invalid resource')
      }
    }
  }
}

function parse(text: string): Policy {
  try {
    return parsePolicy(text, 'resource')
  } catch (error) {
    if (error instanceof MalformedPolicy) throw malformed(error.message)
    throw error
  }
}

const malformed = (message: string) => new S3Error('MalformedPolicy', 400, message)
