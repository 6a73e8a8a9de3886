import type { Condition, PipelineDeclaration, RuleDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import type { ConditionKind } from '../model.ts'
import { badStage, type Problems, repeated } from './problem.ts'

/** Rules and the configuration that each must have; `Commands` has its commands instead (fact sheet, 3.4). */
const rules: Readonly<Record<string, readonly string[]>> = {
  CloudWatchAlarm: ['AlarmName'],
  LambdaInvoke: ['FunctionName'],
  DeploymentWindow: ['Cron'],
  VariableCheck: ['Variable', 'Value', 'Operator'],
  CodeBuild: ['ProjectName'],
  Commands: [],
}
const rulesThatSkip = ['LambdaInvoke', 'VariableCheck']
const operators = ['EQ', 'NE', 'CONTAINS', 'MATCHES']

const results: Record<ConditionKind, readonly string[]> = {
  beforeEntry: ['FAIL', 'SKIP'],
  onSuccess: ['ROLLBACK', 'FAIL'],
  onFailure: ['ROLLBACK'],
}
const kinds = ['beforeEntry', 'onSuccess', 'onFailure'] as const

/** Every rule, with the condition of the stage that it belongs to. */
export function conditionsOf({ stages = [] }: PipelineDeclaration) {
  return stages.flatMap((stage, stageIndex) =>
    kinds.flatMap(kind =>
      (stage[kind]?.conditions ?? []).flatMap(condition =>
        (condition.rules ?? []).map(rule => ({ stage, stageIndex, kind, condition, rule })),
      ),
    ),
  )
}

/** Conditions, what they result in, and what happens on a failure (fact sheet, 3.3 and 3.4). */
export function* conditionProblems(declaration: PipelineDeclaration): Problems {
  const { stages = [], executionMode } = declaration
  for (const [index, stage] of stages.entries()) {
    for (const kind of kinds) {
      for (const condition of stage[kind]?.conditions ?? []) yield* resultProblems(stage, kind, condition)
    }
    yield* failureProblems(stage)
    if (!rollsBack(stage)) continue
    if (index === 0) yield badStage(`Stage ${stage.name} cannot be rolled back: it is the source stage`)
    if (executionMode === 'PARALLEL') {
      yield badStage(`Stage ${stage.name} cannot be rolled back in a pipeline with execution mode PARALLEL`)
    }
  }
  for (const { stage, rule } of conditionsOf(declaration)) yield* ruleProblems(stage, rule)
}

function rollsBack({ onSuccess, onFailure }: StageDeclaration): boolean {
  const conditions = [...(onSuccess?.conditions ?? []), ...(onFailure?.conditions ?? [])]
  return onFailure?.result === 'ROLLBACK' || conditions.some(({ result }) => result === 'ROLLBACK')
}

function* resultProblems({ name }: StageDeclaration, kind: ConditionKind, condition: Condition): Problems {
  const { result, rules: declared = [] } = condition
  if (declared.length === 0) yield badStage(`The ${kind} condition of stage ${name} should have at least 1 rule`)
  if (result === undefined || !results[kind].includes(result)) {
    const allowed = results[kind].join(' or ')
    yield badStage(
      `The ${kind} condition of stage ${name} should have the result ${allowed}, but has ${result ?? 'none'}`,
    )
  }
  for (const rule of repeated(declared.map(each => each.name ?? ''))) {
    yield badStage(
      `Rule name must be unique within a condition of stage ${name}. ${rule} has been used more than once.`,
    )
  }
  if (result !== 'SKIP') return
  for (const { name: rule, ruleTypeId } of declared) {
    if (rulesThatSkip.includes(ruleTypeId?.provider ?? '')) continue
    yield badStage(`Rule ${rule} of stage ${name} cannot have the result SKIP: only ${rulesThatSkip.join(' and ')} can`)
  }
}

function* failureProblems({ name, onFailure }: StageDeclaration): Problems {
  if (!onFailure) return
  const { result, retryConfiguration, conditions = [] } = onFailure
  const plain = result !== undefined
  if (plain && result !== 'ROLLBACK' && result !== 'RETRY') {
    yield badStage(`onFailure of stage ${name} should have the result ROLLBACK or RETRY, but has ${result}`)
  }
  if (!plain && conditions.length === 0)
    yield badStage(`onFailure of stage ${name} should have a result or a condition`)
  if (result === 'RETRY' && conditions.length > 0) {
    yield badStage(`onFailure of stage ${name} cannot have both a retry and conditions`)
  }
  if (retryConfiguration && result !== 'RETRY') {
    yield badStage(`onFailure of stage ${name} has a retry configuration, but not the result RETRY`)
  }
}

function* ruleProblems({ name: stage }: StageDeclaration, rule: RuleDeclaration): Problems {
  const { name, ruleTypeId, configuration = {}, commands = [] } = rule
  const provider = ruleTypeId?.provider ?? ''
  const required = Object.hasOwn(rules, provider) ? rules[provider] : undefined
  if (!required || (ruleTypeId?.version ?? '1') !== '1') {
    yield badStage(`RuleType (Provider: '${provider}') in rule '${name}' of stage ${stage} is not available`)
    return
  }
  for (const key of required) {
    if (Object.hasOwn(configuration, key)) continue
    yield badStage(`Rule configuration for rule '${name}' of stage ${stage} is missing required configuration '${key}'`)
  }
  const { Operator: operator } = configuration
  if (provider === 'VariableCheck' && operator !== undefined && !operators.includes(operator)) {
    yield badStage(`Operator ${operator} of rule '${name}' of stage ${stage} is none of ${operators.join(', ')}`)
  }
  if (provider === 'Commands' ? commands.length === 0 : commands.length > 0) {
    const fault = provider === 'Commands' ? 'should declare at least one command' : 'cannot contain commands'
    yield badStage(`Rule ${name} of stage ${stage} ${fault}`)
  }
}
