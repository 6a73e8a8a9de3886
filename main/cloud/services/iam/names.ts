import { randomBytes } from 'node:crypto'
import { AwsError } from '../../server/awsError.ts'

/** Makes the parts of IAM that nobody may guess. */
export interface Secrets {
  /** `AKIA…`, 20 characters. The prefix says what it names. */
  uniqueId(prefix: 'AKIA' | 'ASIA' | 'AIDA' | 'AROA' | 'ANPA'): string
  /** 40 characters. */
  secretAccessKey(): string
  sessionToken(): string
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const systemSecrets: Secrets = {
  uniqueId(prefix) {
    // Keys have 20 characters, ids 21.
    const length = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17
    return prefix + [...randomBytes(length)].map(byte => alphabet[byte % 32]).join('')
  },
  secretAccessKey: () => randomBytes(30).toString('base64'),
  sessionToken: () => randomBytes(192).toString('base64'),
}

export const userArn = ({ account, path, name }: Named) => `arn:aws:iam::${account}:user${path}${name}`
export const roleArn = ({ account, path, name }: Named) => `arn:aws:iam::${account}:role${path}${name}`
export const policyArn = ({ account, path, name }: Named) => `arn:aws:iam::${account}:policy${path}${name}`

interface Named {
  account: string
  /** Begins and ends with `/`. */
  path: string
  name: string
}

/** The account and the bare name in `arn:aws:iam::111122223333:role/service-role/Build`; undefined for anything else. */
export function parseIamArn(
  arn: string,
  kind: 'role' | 'user' | 'policy',
): { account: string; name: string } | undefined {
  const match = new RegExp(`^arn:aws:iam::(\\d{12}|aws):${kind}/(?:[^:]*/)?([\\w+=,.@-]{1,128})$`).exec(arn)
  return match?.[1] && match[2] ? { account: match[1], name: match[2] } : undefined
}

/** IAM's constraint on names. Throws ValidationError. */
export function checkName(member: string, value: string, longest = 64): string {
  if (/^[\w+=,.@-]+$/.test(value) && value.length <= longest) return value
  const [constraint, what] = /^[\w+=,.@-]+$/.test(value)
    ? [`length less than or equal to ${longest}`, 'have']
    : ['regular expression pattern: [\\w+=,.@-]+', 'satisfy']
  throw validationError(`Value at '${member}' failed to satisfy constraint: Member must ${what} ${constraint}`)
}

export function checkPath(path = '/'): string {
  if (/^\/$|^\/[\u0021-\u007E]{1,510}\/$/.test(path)) return path
  throw validationError(
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
}

/** A constraint of the model that an input breaks. The query protocol calls it ValidationError. */
export const validationError = (message: string) =>
  new AwsError('ValidationException', message.startsWith('Value') ? `1 validation error detected: ${message}` : message)

/** IAM's refusal of a name that nothing has. */
export const noSuchEntity = (
  what: 'user' | 'role' | 'policy' | 'Access Key' | 'role policy' | 'user policy',
  name: string,
) => {
  const sentences = {
    user: `The user with name ${name} cannot be found.`,
    role: `The role with name ${name} cannot be found.`,
    policy: `Policy ${name} does not exist or is not attachable.`,
    'Access Key': `The Access Key with id ${name} cannot be found.`,
    'role policy': `The role policy with name ${name} cannot be found.`,
    'user policy': `The user policy with name ${name} cannot be found.`,
  } as const
  return new AwsError('NoSuchEntityException', sentences[what])
}

export const alreadyExists = (what: string, name: string) =>
  new AwsError('EntityAlreadyExistsException', `${what} with name ${name} already exists.`)
