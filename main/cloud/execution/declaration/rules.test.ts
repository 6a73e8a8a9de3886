import type { ActionDeclaration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import {
  build,
  type Case,
  type Change,
  checkout,
  compile,
  deploy,
  inBuild,
  inStage,
  lambda,
  problems,
  refused,
  release,
  source,
  staged,
  when,
} from '../declaration.testing.ts'
import { action, approval, stage } from '../story.testing.ts'

const asking = (n: number) => Array.from({ length: n }, (_, i) => approval(`Ask${i}`))
const typed = (type: string, more: Partial<ActionDeclaration>) => {
  const { actionTypeId } = action('Typed', { type })
  return { ...(actionTypeId && { actionTypeId }), ...more }
}
const store = { type: 'S3', location: 'artifacts' } as const

/**
 * Every rule of stages, actions, artifacts and their stores (fact sheet, sections 2.2, 3.9, 4 and 11.1), in its order, with the refusal. What each member may be by
 * itself is held against AWS's model (e2e/wire/modelConstraints.test.ts).
 */
const cases: Record<string, Case[]> = {
  'the structure': [
    ['2 stages or more', staged(source), `${refused.structure}Pipeline should have at least 2 stages, but has 1`],
    [
      '50 stages or fewer',
      staged(source, build, deploy, ...Array.from({ length: 48 }, (_, i) => stage(`S${i}`, asking(1)))),
      `${refused.structure}Pipeline has 51 stages, more than 50`,
    ],
    [
      'stage names are unique',
      staged(source, build, deploy, stage('Build', asking(1))),
      `${refused.structure}Stage name must be unique within the pipeline. Build has been used more than once.`,
    ],
    [
      'an action in each stage',
      staged(source, build, deploy, stage('Empty', [])),
      `${refused.stage}Stage Empty should have at least 1 action`,
    ],
    [
      '100 actions in a stage',
      staged(source, build, deploy, stage('Ask', asking(101))),
      `${refused.stage}Stage Ask has 101 actions, more than 100`,
    ],
    [
      '1000 actions in a pipeline',
      staged(source, build, deploy, ...Array.from({ length: 10 }, (_, i) => stage(`S${i}`, asking(100)))),
      `${refused.structure}Pipeline has 1003 actions, more than 1000`,
    ],
    [
      'action names are unique in a stage',
      staged(source, build, stage('Deploy', [release, approval('Release')])),
      `${refused.stage}Action name must be unique within stage Deploy. Release has been used more than once.`,
    ],
    [
      'blockers are reserved',
      inStage({ blockers: [{ name: 'b', type: 'Schedule' }] }),
      'InvalidBlockerDeclarationException: Stage Build declares blockers, which are reserved for future use',
    ],
    [
      'the first stage has source actions only',
      staged(stage('Source', [checkout, approval('Ask')]), build, deploy),
      `${refused.structure}Pipeline should start with a stage that only contains source actions`,
    ],
    [
      'source actions are nowhere else',
      staged(
        source,
        build,
        stage('Deploy', [release, { ...checkout, name: 'Again', outputArtifacts: [{ name: 'B' }], namespace: 'B2' }]),
      ),
      `${refused.structure}Source action Again in stage Deploy is not in the first stage of the pipeline`,
    ],
    [
      'one action that is no source action',
      staged(
        source,
        stage('More', [{ ...checkout, name: 'Again', outputArtifacts: [{ name: 'B' }], namespace: 'B2' }]),
      ),
      `${refused.structure}Pipeline should contain at least one action that is no source action`,
    ],
  ],
  'what needs V2': (
    [
      ['execution mode QUEUED', { executionMode: 'QUEUED' }],
      ['pipeline variables', { variables: [{ name: 'x' }] }],
      ['the conditions of stage Build', inStage({ beforeEntry: when('FAIL', lambda) })],
      ['the conditions of stage Build', inStage({ onFailure: { result: 'RETRY' } })],
      ['action Compile', inBuild(typed('Compute/Commands', { commands: ['make'], configuration: {} }))],
    ] satisfies [string, Change][]
  ).map(
    ([what, change]): Case => [
      what,
      { ...change, pipelineType: 'V1' },
      `${refused.structure}Pipeline of type V1 cannot have ${what}. Use pipeline type V2.`,
    ],
  ),
  'an action': [
    [
      'is of a type that there is',
      inBuild(typed('Build/Bamboo', {})),
      `${refused.action}ActionType (Category: 'Build', Provider: 'Bamboo', Owner: 'AWS', Version: '1') in action 'Compile' is not available in region US_EAST_1`,
    ],
    [
      'has the inputs that its type needs',
      inBuild({ inputArtifacts: [] }),
      `${refused.action}Action Compile declares 0 input artifacts which is less than the minimum count (1)`,
    ],
    [
      'has no more inputs than its type takes',
      staged(source, build, stage('Deploy', [{ ...release, inputArtifacts: [{ name: 'App' }, { name: 'Built' }] }])),
      `${refused.action}Action Release declares 2 input artifacts which is more than the maximum count (1)`,
    ],
    [
      'has no more outputs than its type makes',
      staged(source, build, stage('Deploy', [{ ...release, outputArtifacts: [{ name: 'Page' }] }])),
      `${refused.action}Action Release declares 1 output artifacts which is more than the maximum count (0)`,
    ],
    [
      'has the configuration that its type requires',
      inBuild({ configuration: {} }),
      `${refused.action}Action configuration for action 'Compile' is missing required configuration 'ProjectName'`,
    ],
    [
      'has no other configuration',
      inBuild({ configuration: { ProjectName: 'x', Colour: 'red' } }),
      `${refused.action}Action configuration for action 'Compile' contains unknown configuration 'Colour'`,
    ],
    [
      'has the values that a key allows',
      inBuild({ configuration: { ProjectName: 'x', BatchEnabled: 'yes' } }),
      `${refused.action}Action configuration for action 'Compile' has value 'yes' for 'BatchEnabled', which is none of true, false`,
    ],
    [
      'names one of its inputs as the primary source',
      inBuild({ configuration: { ProjectName: 'x', PrimarySource: 'Other' } }),
      `${refused.action}PrimarySource Other of action 'Compile' is none of its input artifacts`,
    ],
    [
      'says under which key what is not extracted is put',
      staged(source, build, stage('Deploy', [{ ...release, configuration: { BucketName: 'site', Extract: 'false' } }])),
      `${refused.action}Action configuration for action 'Release' is missing required configuration 'ObjectKey'`,
    ],
    [
      'has commands where it computes',
      { pipelineType: 'V2', ...inBuild(typed('Compute/Commands', { configuration: {} })) },
      `${refused.action}Action Compile should declare at least one command`,
    ],
    [
      'has commands nowhere else',
      inBuild({ commands: ['make'] }),
      `${refused.action}The following action cannot contain a commands field: Compile. To use the commands field, use a compute action.`,
    ],
    [
      'puts out variables of its own only where it computes',
      inBuild({ outputVariables: ['x'] }),
      `${refused.action}Action Compile cannot contain output variables. To use output variables, use a compute action.`,
    ],
    [
      'has environment variables only where it computes',
      inBuild({ environmentVariables: [{ name: 'x', value: 'y' }] }),
      `${refused.action}Action Compile cannot contain environment variables. To use them, use a compute action.`,
    ],
    [
      'has a timeout only as a manual approval',
      inBuild({ timeoutInMinutes: 60 }),
      `${refused.action}Action Compile cannot contain timeoutInMinutes: only a manual approval action can`,
    ],
  ],
  'artifacts and their stores': [
    [
      'output names are unique in the pipeline',
      staged(source, stage('Build', [compile, { ...compile, name: 'Twin', namespace: 'Twin' }]), deploy),
      `${refused.structure}Output Artifact Bundle name must be unique within the pipeline. Built has been used more than once.`,
    ],
    [
      'an input is named once',
      inBuild({
        inputArtifacts: [{ name: 'App' }, { name: 'App' }],
        configuration: { ProjectName: 'x', PrimarySource: 'App' },
      }),
      `${refused.action}Input Artifact Bundle App has been used more than once in action Compile`,
    ],
    [
      'an input is an earlier action’s output',
      inBuild({ inputArtifacts: [{ name: 'Other' }] }),
      `${refused.action}Input Artifact Bundle Other in action Compile is not declared as Output Artifact Bundle in any of the preceding actions`,
    ],
    [
      'an artifact moves between two accounts only where one of them is the pipeline’s',
      staged(
        source,
        stage('Build', [{ ...compile, roleArn: 'arn:aws:iam::222233334444:role/builds' }]),
        stage('Deploy', [{ ...release, roleArn: 'arn:aws:iam::333344445555:role/deploys' }]),
      ),
      `${refused.action}Input Artifact Bundle Built in action Release cannot move from account 222233334444 to account 333344445555: one of them must be the pipeline's account 111122223333`,
    ],
    [
      'not both artifactStore and artifactStores',
      { artifactStores: { 'us-east-1': store } },
      `${refused.structure}Pipeline should declare either artifactStore or artifactStores, not both`,
    ],
    [
      'not neither',
      { artifactStore: undefined },
      `${refused.structure}Pipeline should declare artifactStore or artifactStores`,
    ],
    [
      'artifactStores include the pipeline’s region',
      { artifactStore: undefined, artifactStores: { 'eu-west-1': store } },
      `${refused.structure}artifactStores has no store in the pipeline's own region us-east-1`,
    ],
    [
      'artifactStores include every action’s region',
      staged(source, build, stage('Deploy', [{ ...release, region: 'eu-west-1' }])),
      `${refused.structure}Action Release is in region eu-west-1, for which artifactStores has no store`,
    ],
    [
      'source actions are in the pipeline’s region',
      {
        artifactStore: undefined,
        artifactStores: { 'us-east-1': store, 'eu-west-1': store },
        ...staged(stage('Source', [{ ...checkout, region: 'eu-west-1' }]), build, deploy),
      },
      `${refused.action}Action Checkout cannot be in region eu-west-1: it should be in the pipeline's region`,
    ],
  ],
}

describe.each(Object.entries(cases))('%s', (_of, rules) => {
  it.each(rules)('%s', (_rule, change, refusal) => {
    expect(problems(change)).toContain(refusal)
  })
})
