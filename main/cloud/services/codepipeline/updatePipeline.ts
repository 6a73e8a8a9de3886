import type { UpdatePipelineInput, UpdatePipelineOutput } from '@aws-sdk/client-codepipeline'
import { checkDeclaration } from '../../execution/declaration.ts'
import type { Operation } from '../../server/operation.ts'
import { checkConnections } from './connectionPassing.ts'
import { checked, structure } from './constraints.ts'
import { customRules } from './customTypes.ts'
import { declaration } from './declarationConstraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'
import { checkPolling } from './pollingLimit.ts'
import { checkRole } from './roles.ts'
import { secretKeysIn, withoutSecrets } from './secrets.ts'

const Input = structure({ pipeline: declaration })

/** Keeps the next version. The model names no PipelineNotFound for it; clients know the name all the same. */
export const updatePipeline: Operation<CodePipeline, UpdatePipelineInput, UpdatePipelineOutput> = {
  resources: ({ pipeline }, call) => resource(call, pipeline?.name),
  run(service, input, call) {
    const { pipeline: asked } = checked(Input, input)
    const { customTypes } = service
    checkDeclaration(asked, { region: call.region, customTypes: customRules(customTypes, call.account, call.region) })
    const pipeline = pipelineOf(service, call, asked.name)
    checkRole(service, call, asked.roleArn)
    checkConnections(service, call, asked)
    checkPolling(service, call, asked)
    service.engine.update(pipeline, asked, call.caller.arn)
    return {
      pipeline: withoutSecrets(service.definitions.current(pipeline).declaration, secretKeysIn(customTypes, call)),
    }
  },
}
