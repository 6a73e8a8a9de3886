import type { ActionCategory, ActionDeclaration, PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { secretKeys } from './actionTypes.ts'
import { type CustomTypes, propertiesOf } from './customTypes.ts'

type NamedType = Parameters<typeof secretKeys>[0]
/** The keys of an action's configuration that no read may show. */
export type SecretKeysOf = (type: NamedType) => ReadonlySet<string>

/** Those of an account's own types too, of deleted ones as well: a version of a pipeline may still have them. */
export const secretKeysIn =
  (types: CustomTypes, { account, region }: { account: string; region: string }): SecretKeysOf =>
  type => {
    if (type.owner !== 'Custom') return secretKeys(type)
    const { category, provider = '', version = '' } = type
    // Whatever else it says is no type that was ever made.
    const found = types.find(account, region, { category: category as ActionCategory, provider, version })
    return new Set(found && propertiesOf(found).flatMap(({ name, secret }) => (secret && name ? [name] : [])))
  }

const mask = '****'
/** What a client sends back unchanged: AWS takes four asterisks, its documents also show five. */
const masked = /^\*{4,5}$/

const eachAction = (
  declaration: PipelineDeclaration,
  change: (action: ActionDeclaration, stage: string) => ActionDeclaration,
): PipelineDeclaration => ({
  ...declaration,
  stages: declaration.stages?.map(stage => ({
    ...stage,
    actions: stage.actions?.map(action => change(action, stage.name ?? '')),
  })),
})

/** A configuration as any read may show it. */
export function maskedConfiguration(
  configuration: Readonly<Record<string, string>>,
  keys: ReadonlySet<string>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key, keys.has(key) ? mask : value]))
}

/** A definition as GetPipeline shows it. */
export const withoutSecrets = (declaration: PipelineDeclaration, secretsOf: SecretKeysOf): PipelineDeclaration =>
  eachAction(declaration, action => {
    const keys = secretsOf(action.actionTypeId ?? {})
    return keys.size > 0 && action.configuration
      ? { ...action, configuration: maskedConfiguration(action.configuration, keys) }
      : action
  })

/** Asterisks that came back stand for the secret that the same action of the same stage had. */
export function withKeptSecrets(
  declaration: PipelineDeclaration,
  former: PipelineDeclaration,
  secretsOf: SecretKeysOf,
): PipelineDeclaration {
  return eachAction(declaration, (action, stage) => {
    const keys = secretsOf(action.actionTypeId ?? {})
    if (keys.size === 0 || !action.configuration) return action
    const before = former.stages?.find(({ name }) => name === stage)?.actions?.find(({ name }) => name === action.name)
    const configuration = Object.fromEntries(
      Object.entries(action.configuration).map(([key, value]) => {
        const kept = keys.has(key) && masked.test(value) ? before?.configuration?.[key] : undefined
        return [key, kept ?? value]
      }),
    )
    return { ...action, configuration }
  })
}
