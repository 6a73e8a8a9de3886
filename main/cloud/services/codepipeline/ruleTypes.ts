import type { RuleType } from '@aws-sdk/client-codepipeline'

/** The rules that a condition can be made of (fact sheet, section 3.4): `*` marks a required key. */
const lines: readonly (readonly [provider: string, mostInputs: number, keys: string])[] = [
  ['CloudWatchAlarm', 0, 'AlarmName* AlarmStates WaitTime'],
  ['LambdaInvoke', 5, 'FunctionName* UserParameters'],
  ['DeploymentWindow', 0, 'Cron* TimeZone'],
  ['VariableCheck', 0, 'Variable* Value* Operator*'],
  ['CodeBuild', 5, 'ProjectName* PrimarySource BatchEnabled CombineArtifacts EnvironmentVariables'],
  ['Commands', 10, ''],
]

/** As ListRuleTypes gives them. */
export const ruleTypes: readonly RuleType[] = lines.map(([provider, maximumCount, keys]) => ({
  id: { category: 'Rule', owner: 'AWS', provider, version: '1' },
  settings: {},
  ruleConfigurationProperties: keys
    .split(' ')
    .filter(key => key !== '')
    .map(key => ({ name: key.replace('*', ''), required: key.endsWith('*'), key: key.endsWith('*'), secret: false })),
  inputArtifactDetails: { minimumCount: 0, maximumCount },
}))
