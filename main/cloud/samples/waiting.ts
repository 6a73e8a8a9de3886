import { setTimeout as pause } from 'node:timers/promises'
import {
  type ActionExecutionDetail,
  type CodePipelineClient,
  GetPipelineStateCommand,
  ListActionExecutionsCommand,
  ListPipelineExecutionsCommand,
  type PipelineExecutionSummary,
} from '@aws-sdk/client-codepipeline'

/** How often a pipeline is looked at, and for how long, in ms. */
const interval = 150
const patience = 180_000

/** Asks `look` again and again until it finds something. Throws, naming `what`, when it takes too long. */
export async function until<T>(what: string, signal: AbortSignal, look: () => Promise<T | undefined>): Promise<T> {
  const last = Date.now() + patience
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > last) throw new Error(`The samples waited in vain for ${what}.`)
    await pause(interval, undefined, { signal })
  }
}

/** The newest execution, once it has come after `previous` and fulfils `is`. */
export function execution(
  client: CodePipelineClient,
  pipelineName: string,
  signal: AbortSignal,
  is: (execution: PipelineExecutionSummary) => boolean,
): Promise<PipelineExecutionSummary> {
  return until(`an execution of ${pipelineName}`, signal, async () => {
    const { pipelineExecutionSummaries = [] } = await client.send(
      new ListPipelineExecutionsCommand({ pipelineName, maxResults: 20 }),
    )
    return pipelineExecutionSummaries.find(is)
  })
}

/** The token of the approval that waits now. */
export function waitingToken(
  client: CodePipelineClient,
  name: string,
  stageName: string,
  actionName: string,
  signal: AbortSignal,
): Promise<string> {
  return until(`the approval ${actionName} of ${name}`, signal, async () => {
    const { stageStates = [] } = await client.send(new GetPipelineStateCommand({ name }))
    const stage = stageStates.find(stage => stage.stageName === stageName)
    return stage?.actionStates?.find(action => action.actionName === actionName)?.latestExecution?.token
  })
}

/** The build that an action of an execution runs, once it has begun. */
export function actionUnderway(
  client: CodePipelineClient,
  pipelineName: string,
  actionName: string,
  signal: AbortSignal,
): Promise<ActionExecutionDetail> {
  return until(`the action ${actionName} of ${pipelineName}`, signal, async () => {
    const { actionExecutionDetails = [] } = await client.send(new ListActionExecutionsCommand({ pipelineName }))
    return actionExecutionDetails.find(
      detail =>
        detail.actionName === actionName &&
        detail.status === 'InProgress' &&
        detail.output?.executionResult?.externalExecutionId,
    )
  })
}
