import { describe, expect, it } from 'vitest'
import {
  build,
  type Case,
  checkout,
  deploy,
  inBuild,
  inStage,
  lambda,
  problems,
  refused,
  rule,
  source,
  staged,
  when,
} from '../declaration.testing.ts'
import { stage } from '../story.testing.ts'

const variable = { Variable: 'x', Value: 'y' }
const trigger = (sourceActionName: string) =>
  ({ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName } }) as const

/**
 * Every rule of variables, conditions and triggers (fact sheet, sections 3.3, 3.4, 3.6, 3.7 and 11.1), in its order, with the refusal. What each member may be by
 * itself is held against AWS's model (e2e/wire/modelConstraints.test.ts).
 */
const cases: Record<string, Case[]> = {
  'namespaces and variables': [
    [
      'variable names are unique',
      { variables: [{ name: 'x' }, { name: 'x' }] },
      `${refused.structure}Variable name must be unique within the pipeline. x has been used more than once.`,
    ],
    [
      'namespaces are unique',
      inBuild({ namespace: 'Src' }),
      `${refused.structure}Namespace must be unique within the pipeline. Src has been used more than once.`,
    ],
    [
      'a namespace is no artifact’s name',
      inBuild({ namespace: 'App' }),
      `${refused.action}Namespace App of action Compile is also the name of an artifact`,
    ],
    ...['codepipeline', 'variables'].map(
      (namespace): Case => [
        `the namespace ${namespace} is reserved`,
        inBuild({ namespace }),
        `${refused.action}Action Compile cannot have the namespace ${namespace}, which is reserved`,
      ],
    ),
    [
      'a producer comes earlier',
      inBuild({ configuration: { ProjectName: '#{Bld.x}' } }),
      `${refused.action}Action Compile: #{Bld.x} refers to the namespace Bld, which none of the preceding actions has`,
    ],
    [
      'a pipeline variable is declared',
      inBuild({ configuration: { ProjectName: '#{variables.x}' } }),
      `${refused.action}Action Compile: #{variables.x} refers to a variable that is not declared`,
    ],
    [
      'codepipeline has PipelineExecutionId only',
      inBuild({ configuration: { ProjectName: '#{codepipeline.Name}' } }),
      `${refused.action}Action Compile: #{codepipeline.Name} refers to Name, which the namespace codepipeline lacks`,
    ],
    [
      'a reference is a namespace and a key',
      inBuild({ configuration: { ProjectName: '#{name}' } }),
      `${refused.action}Action Compile: Valid format for a pipeline execution variable reference is a namespace and a key separated by a period (.), which #{name} is not`,
    ],
    [
      'source actions use no pipeline variables',
      {
        variables: [{ name: 'x' }],
        ...staged(
          stage('Source', [{ ...checkout, configuration: { S3Bucket: '#{variables.x}', S3ObjectKey: 'k' } }]),
          build,
          deploy,
        ),
      },
      `${refused.action}Source action Checkout cannot use pipeline variables, but refers to #{variables.x}`,
    ],
    [
      'an entry rule uses no variable of its own stage',
      inStage({
        beforeEntry: when('FAIL', rule('VariableCheck', { ...variable, Variable: '#{Bld.x}', Operator: 'EQ' })),
      }),
      `${refused.stage}Rule check of stage Build: #{Bld.x} refers to the namespace Bld, which none of the preceding actions has`,
    ],
  ],
  'conditions and what a failure leads to': [
    ...(
      [
        ['beforeEntry', 'ROLLBACK', 'FAIL or SKIP'],
        ['beforeEntry', 'RETRY', 'FAIL or SKIP'],
        ['onSuccess', 'SKIP', 'ROLLBACK or FAIL'],
        ['onSuccess', 'RETRY', 'ROLLBACK or FAIL'],
        ['onFailure', 'FAIL', 'ROLLBACK'],
        ['onFailure', 'SKIP', 'ROLLBACK'],
      ] as const
    ).map(
      ([kind, result, allowed]): Case => [
        `${kind} does not result in ${result}`,
        inStage({ [kind]: when(result, lambda) }),
        `${refused.stage}The ${kind} condition of stage Build should have the result ${allowed}, but has ${result}`,
      ],
    ),
    [
      'a condition has a result',
      inStage({ beforeEntry: when(undefined, lambda) }),
      `${refused.stage}The beforeEntry condition of stage Build should have the result FAIL or SKIP, but has none`,
    ],
    [
      'a condition has a rule',
      inStage({ beforeEntry: { conditions: [{ result: 'FAIL' }] } }),
      `${refused.stage}The beforeEntry condition of stage Build should have at least 1 rule`,
    ],
    [
      'rule names are unique in a condition',
      inStage({ beforeEntry: when('FAIL', lambda, lambda) }),
      `${refused.stage}Rule name must be unique within a condition of stage Build. check has been used more than once.`,
    ],
    ...['CloudWatchAlarm', 'DeploymentWindow', 'CodeBuild'].map(
      (provider): Case => [
        `${provider} does not skip`,
        inStage({
          beforeEntry: when('SKIP', rule(provider, { AlarmName: 'a', Cron: '* * * ? * *', ProjectName: 'p' })),
        }),
        `${refused.stage}Rule check of stage Build cannot have the result SKIP: only LambdaInvoke and VariableCheck can`,
      ],
    ),
    [
      'a rule is of a type that there is',
      inStage({ beforeEntry: when('FAIL', rule('Horoscope')) }),
      `${refused.stage}RuleType (Provider: 'Horoscope') in rule 'check' of stage Build is not available`,
    ],
    ...(
      [
        ['CloudWatchAlarm', 'AlarmName', {}],
        ['LambdaInvoke', 'FunctionName', {}],
        ['DeploymentWindow', 'Cron', {}],
        ['VariableCheck', 'Operator', variable],
        ['CodeBuild', 'ProjectName', {}],
      ] as const
    ).map(
      ([provider, key, configuration]): Case => [
        `${provider} needs ${key}`,
        inStage({ beforeEntry: when('FAIL', rule(provider, configuration)) }),
        `${refused.stage}Rule configuration for rule 'check' of stage Build is missing required configuration '${key}'`,
      ],
    ),
    [
      'VariableCheck knows four operators',
      inStage({ beforeEntry: when('FAIL', rule('VariableCheck', { ...variable, Operator: 'LIKE' })) }),
      `${refused.stage}Operator LIKE of rule 'check' of stage Build is none of EQ, NE, CONTAINS, MATCHES`,
    ],
    [
      'Commands has commands',
      inStage({ beforeEntry: when('FAIL', rule('Commands')) }),
      `${refused.stage}Rule check of stage Build should declare at least one command`,
    ],
    [
      'other rules have none',
      inStage({ beforeEntry: when('FAIL', rule('LambdaInvoke', { FunctionName: 'f' }, { commands: ['make'] })) }),
      `${refused.stage}Rule check of stage Build cannot contain commands`,
    ],
    ...(['FAIL', 'SKIP'] as const).map(
      (result): Case => [
        `a failure does not result in ${result}`,
        inStage({ onFailure: { result } }),
        `${refused.stage}onFailure of stage Build should have the result ROLLBACK or RETRY, but has ${result}`,
      ],
    ),
    [
      'onFailure says something',
      inStage({ onFailure: {} }),
      `${refused.stage}onFailure of stage Build should have a result or a condition`,
    ],
    [
      'a retry does not go together with conditions',
      inStage({ onFailure: { result: 'RETRY', ...when('ROLLBACK', lambda) } }),
      `${refused.stage}onFailure of stage Build cannot have both a retry and conditions`,
    ],
    [
      'only a retry is configured as one',
      inStage({ onFailure: { result: 'ROLLBACK', retryConfiguration: { retryMode: 'ALL_ACTIONS' } } }),
      `${refused.stage}onFailure of stage Build has a retry configuration, but not the result RETRY`,
    ],
    [
      'the source stage is not rolled back',
      staged({ ...source, onFailure: { result: 'ROLLBACK' } }, build, deploy),
      `${refused.stage}Stage Source cannot be rolled back: it is the source stage`,
    ],
    ...(
      [
        { onFailure: { result: 'ROLLBACK' } },
        { onSuccess: when('ROLLBACK', lambda) },
        { onFailure: when('ROLLBACK', lambda) },
      ] as const
    ).map(
      (change): Case => [
        'nothing is rolled back in PARALLEL mode',
        { executionMode: 'PARALLEL', ...inStage(change) },
        `${refused.stage}Stage Build cannot be rolled back in a pipeline with execution mode PARALLEL`,
      ],
    ),
  ],
  triggers: [
    [
      'refer to a source action',
      { triggers: [trigger('Other')] },
      `${refused.structure}Trigger refers to Other, which is no source action of the pipeline`,
    ],
    [
      'refer to one of a connection',
      { triggers: [trigger('Checkout')] },
      `${refused.structure}Trigger refers to Checkout, which is no source action of provider CodeStarSourceConnection`,
    ],
    [
      'are 200 KB of JSON or less',
      {
        triggers: Array.from({ length: 50 }, () => ({
          ...trigger('Checkout'),
          gitConfiguration: {
            sourceActionName: 'Checkout',
            push: Array.from({ length: 3 }, () => ({
              branches: { includes: Array<string>(8).fill('b'.repeat(255)) },
            })),
          },
        })),
      },
      `${refused.structure}The triggers of the pipeline are larger than 204800 bytes`,
    ],
  ],
}

describe.each(Object.entries(cases))('%s', (_of, rules) => {
  it.each(rules)('%s', (_rule, change, refusal) => {
    expect(problems(change)).toContain(refusal)
  })
})
