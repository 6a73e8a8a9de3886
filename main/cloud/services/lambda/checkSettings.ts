import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { type FunctionSettings, functionSettings } from './model.ts'
import { invalidParameter, notOffered, validation } from './names.ts'
import { familyOf } from './runtime/family.ts'

/** What both CreateFunction and UpdateFunctionConfiguration can set. */
const settable = [
  'Runtime',
  'Role',
  'Handler',
  'Description',
  'Timeout',
  'MemorySize',
  'Environment',
  'LoggingConfig',
  'VpcConfig',
  'KMSKeyArn',
  'TracingConfig',
  'Architectures',
  'EphemeralStorage',
] as const

/** What would change how a function behaves, and is not here: refused rather than ignored. */
const withoutEffect = {
  Layers: 'Layers are',
  FileSystemConfigs: 'File systems are',
  DeadLetterConfig: 'A dead-letter queue is',
  CodeSigningConfigArn: 'Code signing is',
  ImageConfig: 'A container image is',
} as const

const reserved =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_DEFAULT_REGION|AWS_REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_(FUNCTION_(NAME|MEMORY_SIZE|VERSION)|INITIALIZATION_TYPE|LOG_(GROUP|STREAM)_NAME|RUNTIME_API)|AWS_ACCESS_KEY(_ID)?|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/

type Input = CreateFunctionRequest | UpdateFunctionConfigurationRequest

/** A function's settings: what the request says over what was there. Refuses what AWS refuses, and what is not here. */
export function checkSettings(input: Input, before: Partial<FunctionSettings> = {}): FunctionSettings {
  refuseWhatIsNotHere(input)
  const given = settable.flatMap(name => {
    const value = name in input ? input[name as keyof Input] : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  const parsed = functionSettings.safeParse({ ...before, ...Object.fromEntries(given) })
  if (!parsed.success) {
    const missing = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
    throw invalidParameter(`${missing} is mandatory for functions created with deployment packages.`)
  }
  const settings = parsed.data
  between('timeout', settings.Timeout, 1, 900)
  between('memorySize', settings.MemorySize, 128, 10_240)
  if (!familyOf(settings.Runtime)) {
    throw invalidParameter(
      `The runtime parameter of ${settings.Runtime} is not offered by the local cloud: it has nodejs* and python3*.`,
    )
  }
  const variables = Object.entries(settings.Environment?.Variables ?? {})
  const taken = variables.map(([name]) => name).filter(name => reserved.test(name))
  if (taken.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    )
  }
  const size = variables.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0)
  if (size > 4096) {
    throw invalidParameter(
      'Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.',
    )
  }
  return settings
}

function refuseWhatIsNotHere(input: Input): void {
  for (const [name, words] of Object.entries(withoutEffect)) {
    const value: unknown = name in input ? input[name as keyof Input] : undefined
    const empty = value === undefined || (typeof value === 'object' && value !== null && isEmpty(value))
    if (!empty && value !== '') throw invalidParameter(`${words} not offered by the local cloud.`)
  }
  if ('PackageType' in input && input.PackageType === 'Image') throw notOffered('A container image as a package')
  if ('Publish' in input && input.Publish) throw notOffered('A published version')
  if (input.SnapStart?.ApplyOn === 'PublishedVersions') throw notOffered('SnapStart')
}

const isEmpty = (value: object) => Object.values(value).every(item => item === undefined || item === '')

function between(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`
  throw validation(
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must have value ${bound}`,
  )
}
