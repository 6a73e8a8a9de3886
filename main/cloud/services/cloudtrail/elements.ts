import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'

/**
 * Members that never reach an event, whoever reads it. UNCONFIRMED whether AWS writes this mask everywhere.
 */
const mask = 'HIDDEN_DUE_TO_SECURITY_REASONS'
const secretMembers = new Set([
  'secretaccesskey',
  'sessiontoken',
  'servicepassword',
  'password',
  'secrettoken',
  'oauthtoken',
  'clientsecret',
  'accesstoken',
  'refreshtoken',
  'codeverifier',
  'artifactcredentials',
  // A job worker is told the secrets of its action.
  'actionconfiguration',
])
/** Maps whose keys are somebody's own words. */
const ownWords = new Set([
  'tags',
  'attributes',
  'configuration',
  'messageattributes',
  'settings',
  'queryparam',
  'outputvariables',
])
/** Lists of name and value in which the value may be a secret. */
const variables = new Set(['environmentvariables', 'environmentvariablesoverride'])

/** A definition as anybody may read it, given where it is kept: custom action types have secrets of their own. */
export type HideSecrets = (
  definition: PipelineDeclaration,
  where: { account: string; region: string },
) => PipelineDeclaration

/**
 * `requestParameters` or `responseElements`: the API's members in lowerCamel, secrets masked, dates as AWS writes them;
 * undefined where there are none (AWS writes null).
 */
export function elements(value: object): string | undefined {
  if (Object.keys(value).length === 0) return undefined
  const text = JSON.stringify(written(value))
  return text.length > longest ? JSON.stringify({ omitted: true, originalSize: text.length }) : text
}

/** CloudTrail's own limit on one of these elements (100 KB, user guide "Record contents"). */
const longest = 102_400

function written(value: unknown): unknown {
  if (value instanceof Date) return dateText(value)
  if (Array.isArray(value)) return value.map(written)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return mask
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(([key, item]) => [lowerFirst(key), member(key.toLowerCase(), item)]),
  )
}

function member(name: string, item: unknown): unknown {
  if (secretMembers.has(name)) return mask
  // Lambda's: its events say that there is an environment, and nothing of it.
  if (name === 'environment' && isMap(item) && 'Variables' in item) return {}
  if (variables.has(name) && Array.isArray(item)) {
    return item.map((one: unknown) => ({ ...(written(one) as object), value: mask }))
  }
  if (ownWords.has(name) && isMap(item)) return { ...item }
  return written(item)
}

const isMap = (item: unknown): item is object => typeof item === 'object' && item !== null && !Array.isArray(item)
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

const moments = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  hour12: true,
})

/** `Nov 22, 2026 9:00:00 AM`, as CodePipeline's events have it. UNCONFIRMED for other services. */
const dateText = (date: Date) =>
  moments
    .format(date)
    .replaceAll('\u202f', ' ')
    .replace(/, (?=\d+:)/, ' ')

/** Without the secrets in a definition's action configurations; their mask is the one of GetPipeline. */
export function withoutPipelineSecrets(value: object, hide: HideSecrets, where: { account: string; region: string }) {
  if (!('pipeline' in value)) return value
  const { pipeline } = value as { pipeline?: PipelineDeclaration }
  return pipeline?.stages ? { ...value, pipeline: hide(pipeline, where) } : value
}
