import type {
  ActionExecutionDetail,
  ActionExecutionOutput,
  ActionExecutionResult,
  ArtifactDetail,
  PipelineDeclaration,
} from '@aws-sdk/client-codepipeline'
import type { ActionRow } from '../../execution/history.ts'
import type { Artifact } from '../../execution/model.ts'
import { present } from './present.ts'
import { maskedConfiguration, type SecretKeysOf } from './secrets.ts'

const artifactDetail = ({ name, bucket, key }: Artifact): ArtifactDetail => ({ name, s3location: { bucket, key } })

/** One attempt of one action as ListActionExecutions gives it (fact sheet, section 3.10). */
export function actionExecutionView(
  { attempt, version }: ActionRow,
  declaration: PipelineDeclaration | undefined,
  pipelineRegion: string,
  secretsOf: SecretKeysOf,
): ActionExecutionDetail {
  const action = declaration?.stages
    ?.find(({ name }) => name === attempt.stage)
    ?.actions?.find(({ name }) => name === attempt.action)
  const secrets = secretsOf(action?.actionTypeId ?? {})
  const { report, error, result } = attempt
  const executionResult = present<ActionExecutionResult>({
    externalExecutionId: report.externalExecutionId,
    externalExecutionSummary: report.summary ?? error?.message,
    externalExecutionUrl: report.externalExecutionUrl,
    logStreamARN: report.logStreamArn,
    errorDetails: error && { code: error.code, message: error.message },
  })
  return present<ActionExecutionDetail>({
    pipelineExecutionId: attempt.executionId,
    actionExecutionId: attempt.id,
    pipelineVersion: version,
    stageName: attempt.stage,
    actionName: attempt.action,
    startTime: new Date(attempt.startedAt),
    lastUpdateTime: new Date(attempt.updatedAt),
    updatedBy: attempt.updatedBy,
    status: attempt.status,
    input: present<NonNullable<ActionExecutionDetail['input']>>({
      actionTypeId: action?.actionTypeId,
      configuration: maskedConfiguration(action?.configuration ?? {}, secrets),
      resolvedConfiguration: maskedConfiguration(attempt.resolvedConfiguration, secrets),
      roleArn: action?.roleArn,
      region: action?.region ?? pipelineRegion,
      inputArtifacts: attempt.inputArtifacts.map(artifactDetail),
      namespace: action?.namespace,
    }),
    output: present<ActionExecutionOutput>({
      outputArtifacts: (result?.artifacts ?? []).map(artifactDetail),
      executionResult: Object.keys(executionResult).length === 0 ? undefined : executionResult,
      outputVariables: { ...result?.variables },
    }),
  })
}
