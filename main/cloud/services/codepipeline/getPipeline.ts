import type { GetPipelineInput, GetPipelineOutput } from '@aws-sdk/client-codepipeline'
import { pipelineArn } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure, whole } from './constraints.ts'
import { pollingDisabledAt } from './idlePolling.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'
import { secretKeysIn, withoutSecrets } from './secrets.ts'

const Input = structure({ name: entityName(), version: whole(1, 2 ** 31 - 1).optional() })

/** The current definition, or any version it ever had. */
export const getPipeline: Operation<CodePipeline, GetPipelineInput, GetPipelineOutput> = {
  resources: ({ name }, call) => resource(call, name),
  run(service, input, call) {
    const { name, version } = checked(Input, input)
    const pipeline = pipelineOf(service, call, name)
    const current = service.definitions.current(pipeline)
    const definition = version === undefined ? current : service.definitions.version(pipeline, version)
    if (!definition) {
      // UNCONFIRMED wording.
      throw new AwsError('PipelineVersionNotFoundException', `Pipeline '${name}' does not have version ${version}`)
    }
    const polledUntil = pollingDisabledAt(service, pipeline)
    return {
      pipeline: withoutSecrets(definition.declaration, secretKeysIn(service.customTypes, pipeline)),
      metadata: {
        pipelineArn: pipelineArn(pipeline),
        created: new Date(current.created),
        updated: new Date(current.updated),
        ...(polledUntil !== undefined && { pollingDisabledAt: new Date(polledUntil) }),
      },
    }
  },
}
