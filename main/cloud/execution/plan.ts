import type {
  ActionDeclaration,
  Condition,
  PipelineDeclaration,
  RuleDeclaration,
  StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import type { ActionPlan, ConditionPlan, EnvironmentVariable, PipelinePlan, RulePlan, StagePlan } from './model.ts'

/** A plan of one version of a definition that `checkDeclaration` has let through. Pure. */
export function planOf(declaration: PipelineDeclaration, version: number): PipelinePlan {
  return {
    name: declaration.name ?? '',
    version,
    mode: declaration.executionMode ?? 'SUPERSEDED',
    roleArn: declaration.roleArn ?? '',
    stages: (declaration.stages ?? []).map(stagePlan),
    variables: (declaration.variables ?? []).map(({ name = '', defaultValue }) =>
      defaultValue === undefined ? { name } : { name, defaultValue },
    ),
  }
}

function stagePlan(stage: StageDeclaration): StagePlan {
  const { beforeEntry, onSuccess, onFailure } = stage
  const plan: StagePlan = {
    name: stage.name ?? '',
    actions: (stage.actions ?? []).map(actionPlan).sort((a, b) => a.runOrder - b.runOrder),
  }
  const entry = beforeEntry?.conditions?.[0]
  if (entry) plan.beforeEntry = conditionPlan(entry)
  const success = onSuccess?.conditions?.[0]
  if (success) plan.onSuccess = conditionPlan(success)
  if (onFailure) {
    const failure: NonNullable<StagePlan['onFailure']> = {}
    const { result, retryConfiguration } = onFailure
    const condition = onFailure.conditions?.[0]
    if (condition) failure.condition = conditionPlan(condition)
    else if (result === 'RETRY') {
      failure.result = 'RETRY'
      failure.retryMode = retryConfiguration?.retryMode ?? 'FAILED_ACTIONS'
    } else if (result === 'ROLLBACK') failure.result = 'ROLLBACK'
    plan.onFailure = failure
  }
  return plan
}

function actionPlan(action: ActionDeclaration): ActionPlan {
  const { actionTypeId: type, outputArtifacts = [] } = action
  const plan: ActionPlan = {
    name: action.name ?? '',
    type: {
      category: type?.category ?? 'Invoke',
      owner: type?.owner ?? 'AWS',
      provider: type?.provider ?? '',
      version: type?.version ?? '1',
    },
    runOrder: action.runOrder ?? 1,
    configuration: action.configuration ?? {},
    inputArtifacts: (action.inputArtifacts ?? []).map(artifact => artifact.name ?? ''),
    outputArtifacts: outputArtifacts.map(artifact => artifact.name ?? ''),
  }
  const files = outputArtifacts.flatMap(({ name = '', files }) => (files?.length ? [[name, files] as const] : []))
  if (files.length > 0) plan.outputFiles = Object.fromEntries(files)
  if (action.namespace !== undefined) plan.namespace = action.namespace
  if (action.region !== undefined) plan.region = action.region
  if (action.roleArn !== undefined) plan.roleArn = action.roleArn
  if (action.timeoutInMinutes !== undefined) plan.timeoutInMinutes = action.timeoutInMinutes
  if (action.commands?.length) plan.commands = action.commands
  if (action.outputVariables?.length) plan.outputVariables = action.outputVariables
  if (action.environmentVariables?.length) {
    plan.environmentVariables = action.environmentVariables.map(
      ({ name = '', value = '', type }): EnvironmentVariable => (type ? { name, value, type } : { name, value }),
    )
  }
  return plan
}

function conditionPlan(condition: Condition): ConditionPlan {
  return { result: condition.result ?? 'FAIL', rules: (condition.rules ?? []).map(rulePlan) }
}

function rulePlan(rule: RuleDeclaration): RulePlan {
  const plan: RulePlan = {
    name: rule.name ?? '',
    provider: rule.ruleTypeId?.provider ?? '',
    configuration: rule.configuration ?? {},
    inputArtifacts: (rule.inputArtifacts ?? []).map(artifact => artifact.name ?? ''),
  }
  if (rule.commands?.length) plan.commands = rule.commands
  if (rule.region !== undefined) plan.region = rule.region
  if (rule.roleArn !== undefined) plan.roleArn = rule.roleArn
  if (rule.timeoutInMinutes !== undefined) plan.timeoutInMinutes = rule.timeoutInMinutes
  return plan
}
