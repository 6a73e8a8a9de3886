import type { PipelineDeclaration, RuleDeclaration, RuleExecutionDetail } from '@aws-sdk/client-codepipeline'
import type { RuleRow } from '../../execution/history.ts'
import { present } from './present.ts'

/** One run of one rule as ListRuleExecutions gives it. */
export function ruleExecutionView(
  { run, version }: RuleRow,
  declaration: PipelineDeclaration | undefined,
  pipelineRegion: string,
): RuleExecutionDetail {
  const stage = declaration?.stages?.find(({ name }) => name === run.stage)
  const rule: RuleDeclaration | undefined = stage?.[run.condition]?.conditions
    ?.flatMap(({ rules = [] }) => rules)
    .find(({ name }) => name === run.rule)
  return present<RuleExecutionDetail>({
    pipelineExecutionId: run.executionId,
    ruleExecutionId: run.id,
    pipelineVersion: version,
    stageName: run.stage,
    ruleName: run.rule,
    startTime: new Date(run.startedAt),
    lastUpdateTime: new Date(run.updatedAt),
    status: run.status,
    input: present<NonNullable<RuleExecutionDetail['input']>>({
      ruleTypeId: rule?.ruleTypeId,
      configuration: rule?.configuration,
      resolvedConfiguration: { ...run.resolvedConfiguration },
      roleArn: rule?.roleArn,
      region: rule?.region ?? pipelineRegion,
      inputArtifacts: run.inputArtifacts.map(({ name, bucket, key }) => ({ name, s3location: { bucket, key } })),
    }),
    output: {
      executionResult: present<NonNullable<NonNullable<RuleExecutionDetail['output']>['executionResult']>>({
        externalExecutionId: run.report.externalExecutionId,
        externalExecutionSummary: run.report.summary ?? run.error?.message,
        externalExecutionUrl: run.report.externalExecutionUrl,
        errorDetails: run.error && { code: run.error.code, message: run.error.message },
      }),
    },
  })
}
