import type { GetPipelineStateInput, GetPipelineStateOutput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, structure } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'
import { linksIn } from './links.ts'
import { stateView } from './stateView.ts'

const Input = structure({ name: entityName() })

/** What is where now, from memory. */
export const getPipelineState: Operation<CodePipeline, GetPipelineStateInput, GetPipelineStateOutput> = {
  resources: ({ name }, call) => resource(call, name),
  run(service, input, call) {
    const { name } = checked(Input, input)
    const pipeline = pipelineOf(service, call, name)
    return stateView(
      service.definitions.current(pipeline),
      service.runner.state(pipeline),
      linksIn(service.customTypes, pipeline),
    )
  },
}
