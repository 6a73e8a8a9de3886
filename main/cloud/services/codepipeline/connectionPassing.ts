import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { codePipelinePrincipal } from '../../providers/artifacts.ts'
import type { Call } from '../../server/operation.ts'
import type { CodePipeline } from './lends.ts'

/**
 * Who writes a connection into a definition hands it to CodePipeline, and needs PassConnection on it, under the name of
 * the API that the connection was made with. What is no connection's ARN is left to the action to fail with.
 */
export function checkConnections({ authorize }: CodePipeline, call: Call, { stages = [] }: PipelineDeclaration): void {
  const arns = stages.flatMap(({ actions = [] }) =>
    actions.map(({ configuration }) => configuration?.['ConnectionArn'] ?? ''),
  )
  for (const arn of new Set(arns)) {
    const prefix = /^arn:[^:]+:(codestar-connections|codeconnections):/.exec(arn)?.[1]
    if (prefix === undefined) continue
    const context = { [`${prefix}:PassedToService`]: codePipelinePrincipal }
    authorize(call.caller, `${prefix}:PassConnection`, arn, { context })
  }
}
