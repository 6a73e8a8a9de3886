import type { DeletePipelineInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure } from './constraints.ts'
import { type CodePipeline, resource } from './lends.ts'

const Input = structure({ name: entityName() })

/** Deletes a pipeline with its history. One that is not there is no error: the model has none for it. */
export const deletePipeline: Operation<CodePipeline, DeletePipelineInput, object> = {
  resources: ({ name }, call) => resource(call, name),
  run({ definitions, engine }, input, call) {
    const { name } = checked(Input, input)
    const pipeline = definitions.find(call.account, call.region, name)
    if (pipeline) engine.remove(pipeline)
    return {}
  },
}
