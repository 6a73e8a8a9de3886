import type { ActionDeclaration, PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { secretKeys } from './actionTypes.ts'

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
export const withoutSecrets = (declaration: PipelineDeclaration): PipelineDeclaration =>
  eachAction(declaration, action => {
    const keys = secretKeys(action.actionTypeId ?? {})
    return keys.size > 0 && action.configuration
      ? { ...action, configuration: maskedConfiguration(action.configuration, keys) }
      : action
  })

/** Asterisks that came back stand for the secret that the same action of the same stage had. */
export function withKeptSecrets(declaration: PipelineDeclaration, former: PipelineDeclaration): PipelineDeclaration {
  return eachAction(declaration, (action, stage) => {
    const keys = secretKeys(action.actionTypeId ?? {})
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
