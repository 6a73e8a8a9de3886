import type { PutActionRevisionInput, PutActionRevisionOutput } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, entityName, moment, structure, text } from './constraints.ts'
import { type CodePipeline, pipelineOf, resource } from './lends.ts'

const Input = structure({
  pipelineName: entityName(),
  stageName: entityName(),
  actionName: entityName(),
  actionRevision: structure({ revisionId: text(1, 1500), revisionChangeId: text(1, 100), created: moment() }),
})

/** Tells a pipeline of a new source revision; it starts if the revision is new to it. */
export const putActionRevision: Operation<CodePipeline, PutActionRevisionInput, PutActionRevisionOutput> = {
  resources: ({ pipelineName, stageName, actionName }, call) => resource(call, pipelineName, stageName, actionName),
  run(service, input, call) {
    const { pipelineName, stageName, actionName, actionRevision } = checked(Input, input)
    const pipeline = pipelineOf(service, call, pipelineName)
    const { definitions, engine, runner, seen } = service
    const stage = definitions.current(pipeline).declaration.stages?.find(({ name }) => name === stageName)
    if (!stage) {
      throw new AwsError('StageNotFoundException', `Pipeline ${pipelineName} has no stage named ${stageName}`)
    }
    if (!stage.actions?.some(({ name }) => name === actionName)) {
      throw new AwsError('ActionNotFoundException', `Stage ${stageName} has no action named ${actionName}`)
    }
    const { revisionId } = actionRevision
    const [last] = runner.history.executions(pipeline.id, 1).rows
    const worked = last?.execution.revisions.find(revision => revision.actionName === actionName)
    const known = worked?.revisionId === revisionId || seen.last(pipeline, actionName) === revisionId
    if (last && known) return { newRevision: false, pipelineExecutionId: last.execution.id }
    const trigger = { type: 'PutActionRevision', detail: call.caller.arn } as const
    // Kept at once: said again before the source has run it is no news either.
    const alongside = () => seen.keep(pipeline, actionName, revisionId)
    return { newRevision: true, pipelineExecutionId: engine.start(pipeline, { trigger, alongside }) }
  },
}
