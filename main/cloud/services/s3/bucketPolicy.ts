import { z } from 'zod'
import { S3Error } from './errors.ts'

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)])
const principal = z.union([
  z.literal('*'),
  z.partialRecord(z.enum(['AWS', 'Service', 'Federated', 'CanonicalUser']), oneOrMore),
])
const statement = z
  .object({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: principal.optional(),
    NotPrincipal: principal.optional(),
    Action: oneOrMore.optional(),
    NotAction: oneOrMore.optional(),
    Resource: oneOrMore.optional(),
    NotResource: oneOrMore.optional(),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  })
  .strict()
const policyShape = z
  .object({
    Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
    Id: z.string().optional(),
    Statement: z.union([statement, z.array(statement).min(1)]),
  })
  .strict()

/** S3: a bucket policy may have so many bytes. */
const longestPolicy = 20 * 1024

/** Throws MalformedPolicy unless it is a policy, about this bucket, that says whom it is for. */
export function checkBucketPolicy(text: string, arn: string): void {
  if (Buffer.byteLength(text) > longestPolicy) throw malformed('The policy is larger than 20 KB')
  const parsed = policyShape.safeParse(parse(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw malformed(`${issue?.path.join('.') || 'Policy'}: ${issue?.message ?? 'not a policy'}`)
  }
  for (const one of [parsed.data.Statement].flat()) {
    if (one.Principal === undefined && one.NotPrincipal === undefined)
      throw malformed('Missing required field Principal')
    if (one.Action === undefined && one.NotAction === undefined) throw malformed('Missing required field Action')
    const resources = [one.Resource ?? one.NotResource ?? []].flat()
    if (resources.length === 0) throw malformed('Missing required field Resource')
    if (!resources.every(resource => resource === arn || resource.startsWith(`${arn}/`) || resource === `${arn}*`)) {
      throw malformed('Policy has invalid resource')
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('Policies must be valid JSON and the first byte must be "{"')
  }
}

const malformed = (message: string) => new S3Error('MalformedPolicy', 400, message)
