import type { PipelineDeclaration, PipelineTriggerDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { build, checkout, compile, deploy, problems, release, shop, source } from './declaration.testing.ts'
import { checkDeclaration, completeDeclaration, declarationProblems } from './declaration.ts'
import { action, approval, condition, stage } from './story.testing.ts'

const staged = (...stages: StageDeclaration[]) => problems({ stages })
/** One problem, with these words in this order. */
const only = (...words: string[]) => [
  expect.stringMatching(words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')),
]

describe('a declaration', () => {
  it('that is sound passes', () => {
    expect(problems()).toEqual([])
  })

  it('that is not throws its first problem', () => {
    expect(() => checkDeclaration({ ...shop, stages: [source] }, { region: 'us-east-1' })).toThrow('at least 2 stages')
  })

  it('is kept with the defaults that its author left out', () => {
    expect(completeDeclaration(shop, 3)).toMatchObject({
      version: 3,
      executionMode: 'SUPERSEDED',
      pipelineType: 'V1',
      stages: [{ actions: [{ runOrder: 1, inputArtifacts: [] }] }, {}, {}],
    })
  })
})

describe('the structure', () => {
  it('has source actions in the first stage, nothing else there, and nowhere else', () => {
    expect(staged(stage('Source', [checkout, approval('Ask')]), build, deploy)).toEqual(
      only('InvalidStructureException', 'only contains source actions'),
    )
    const again = action('Again', {
      ...checkout,
      type: 'Source/S3',
      name: 'Again',
      namespace: 'Two',
      outputArtifacts: [{ name: 'More' }],
    })
    expect(staged(source, stage('Build', [compile, again]), deploy)).toEqual(only('InvalidStructureException', 'Again'))
  })

  it('has unique names of stages, and of actions within one', () => {
    expect(staged(source, build, { ...build, actions: [approval('Ask')] })).toEqual([
      expect.stringContaining('Build has been used'),
    ])
    expect(staged(source, build, stage('Deploy', [release, approval('Release')]))).toEqual(
      only('InvalidStageDeclarationException'),
    )
  })

  it('has no blockers and no empty stage', () => {
    const blocked = { ...build, blockers: [{ name: 'b', type: 'Schedule' as const }] }
    expect(staged(source, blocked, deploy)).toEqual(only('InvalidBlockerDeclarationException'))
    expect(staged(source, build, deploy, stage('Empty', []))).toEqual(only('InvalidStageDeclarationException', 'Empty'))
  })
})

describe('an action', () => {
  const inBuild = (changed: Partial<typeof compile>) =>
    staged(source, stage('Build', [{ ...compile, ...changed }]), deploy)

  it('is of a type that exists', () => {
    const actionTypeId = { category: 'Build', owner: 'AWS', provider: 'Bamboo', version: '1' } as const
    expect(inBuild({ actionTypeId })).toEqual(
      only('InvalidActionDeclarationException', "Provider: 'Bamboo'", 'US_EAST_1'),
    )
  })

  it('may be of a type of the account’s own', () => {
    const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Bamboo', version: '1' } as const
    const stages = [source, stage('Build', [{ ...compile, actionTypeId, configuration: { Plan: 'x' } }]), deploy]
    const customTypes = () => ({ required: ['Plan'], optional: [], inputs: [0, 5], outputs: [0, 5] }) as const
    expect([...declarationProblems({ ...shop, stages }, { region: 'us-east-1', customTypes })]).toEqual([])
  })

  it('has the configuration that its type requires and no other', () => {
    expect(inBuild({ configuration: {} })).toEqual(only("missing required configuration 'ProjectName'"))
    expect(inBuild({ configuration: { ProjectName: 'x', Colour: 'red' } })).toEqual(
      only("unknown configuration 'Colour'"),
    )
    expect(inBuild({ configuration: { ProjectName: 'x', BatchEnabled: 'yes' } })).toEqual(
      only("'BatchEnabled'", 'true, false'),
    )
  })

  it('has as many artifacts as its type takes', () => {
    expect(inBuild({ inputArtifacts: [] })).toEqual(
      only('Action Compile declares 0 input artifacts which is less than the minimum count (1)'),
    )
  })

  it('has commands only as a compute action', () => {
    expect(inBuild({ commands: ['make'] })).toEqual(only('To use the commands field, use a compute action'))
  })

  it('has a timeout only as an approval', () => {
    expect(inBuild({ timeoutInMinutes: 60 })).toEqual(only('timeoutInMinutes'))
    expect(staged(source, build, stage('Deploy', [approval('Ask', { timeoutInMinutes: 60 }), release]))).toEqual([])
  })
})

describe('artifacts', () => {
  it('come from an earlier action, also of the same stage', () => {
    const [found] = staged(source, deploy, build)
    expect(found).toBe(
      'InvalidActionDeclarationException: Input Artifact Bundle Built in action Release is not declared as Output Artifact Bundle in any of the preceding actions',
    )
    expect(staged(source, stage('All', [compile, { ...release, runOrder: 2 }]))).toEqual([])
    expect(staged(source, stage('All', [compile, release]))).toHaveLength(1)
  })

  it('have unique names', () => {
    const twin = { ...compile, name: 'Twin', namespace: 'Twin' }
    expect(staged(source, stage('Build', [compile, twin]), deploy)).toEqual(
      only('InvalidStructureException', 'Built has been used'),
    )
  })

  it('have one store, or one in each region that is used', () => {
    const store = { type: 'S3', location: 'artifacts' } as const
    const abroad = [source, build, stage('Deploy', [{ ...release, region: 'eu-west-1' }])]
    const without = { ...shop, artifactStore: undefined }
    expect(problems({ artifactStore: undefined })).toEqual(only('artifactStore or artifactStores'))
    expect(problems({ artifactStores: { 'us-east-1': store } })).toEqual(only('not both'))
    expect(problems({ stages: abroad })).toEqual(only('eu-west-1'))
    expect(problems({ ...without, artifactStores: { 'eu-west-1': store }, stages: [source, build, deploy] })).toEqual(
      only('us-east-1'),
    )
    expect(
      problems({ ...without, artifactStores: { 'us-east-1': store, 'eu-west-1': store }, stages: abroad }),
    ).toEqual([])
  })
})

describe('variables', () => {
  const named = (ProjectName: string, more: Partial<PipelineDeclaration> = {}) =>
    problems({ ...more, stages: [source, stage('Build', [{ ...compile, configuration: { ProjectName } }]), deploy] })

  it('are those of earlier actions, the pipeline’s own, and the execution’s id', () => {
    expect(named('#{Src.ETag}-#{codepipeline.PipelineExecutionId}')).toEqual([])
    expect(named('#{variables.target}', { variables: [{ name: 'target' }] })).toEqual([])
    expect(named('#{Bld.x}')).toEqual(only('Bld'))
    expect(named('#{variables.target}')).toEqual(only('not declared'))
    expect(named('#{codepipeline.Other}')).toEqual(only('Other'))
    expect(named('#{nothing}')).toEqual(only('a namespace and a key separated by a period (.)'))
  })

  it('of the pipeline are not for source actions', () => {
    const reading = { ...checkout, configuration: { S3Bucket: '#{variables.bucket}', S3ObjectKey: 'app.zip' } }
    expect(problems({ variables: [{ name: 'bucket' }], stages: [stage('Source', [reading]), build, deploy] })).toEqual(
      only('Source action'),
    )
  })

  it('have namespaces of their own', () => {
    expect(staged(source, stage('Build', [{ ...compile, namespace: 'Src' }]), deploy)).toEqual(
      only('Src has been used'),
    )
    expect(staged(source, stage('Build', [{ ...compile, namespace: 'App' }]), deploy)).toEqual(
      only('name of an artifact'),
    )
    expect(staged(source, stage('Build', [{ ...compile, namespace: 'variables' }]), deploy)).toEqual(only('reserved'))
  })
})

describe('conditions', () => {
  const guarded = (more: Partial<StageDeclaration>) => staged(source, { ...build, ...more }, deploy)
  const lambda = (result: 'FAIL' | 'SKIP' | 'ROLLBACK', provider = 'LambdaInvoke') => {
    const rule = {
      name: 'check',
      ruleTypeId: { category: 'Rule' as const, provider },
      configuration: { FunctionName: 'f', AlarmName: 'a' },
    }
    return { conditions: [{ result, rules: [rule] }] }
  }

  it('have the results that their place allows', () => {
    expect(
      guarded({ beforeEntry: lambda('SKIP'), onSuccess: lambda('ROLLBACK'), onFailure: lambda('ROLLBACK') }),
    ).toEqual([])
    expect(guarded({ beforeEntry: lambda('ROLLBACK') })).toEqual(only('FAIL or SKIP'))
    expect(guarded({ onSuccess: lambda('SKIP') })).toEqual(only('ROLLBACK or FAIL'))
  })

  it('skip only by LambdaInvoke and VariableCheck', () => {
    expect(guarded({ beforeEntry: lambda('SKIP', 'CloudWatchAlarm') })).toEqual(
      only('InvalidStageDeclarationException', 'SKIP'),
    )
  })

  it('have rules that exist, with what they require', () => {
    expect(guarded({ beforeEntry: lambda('FAIL', 'Horoscope') })).toEqual(only('Horoscope'))
    expect(guarded({ beforeEntry: condition('FAIL') })).toEqual(only("missing required configuration 'FunctionName'"))
  })

  it('do not go together with an automatic retry', () => {
    expect(guarded({ onFailure: { result: 'RETRY', ...lambda('ROLLBACK') } })).toEqual(only('retry and conditions'))
    expect(guarded({ onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'ALL_ACTIONS' } } })).toEqual([])
  })

  it('roll back neither the source stage nor a PARALLEL pipeline', () => {
    const onFailure = { result: 'ROLLBACK' } as const
    expect(staged({ ...source, onFailure }, build, deploy)).toEqual(only('source stage'))
    expect(problems({ executionMode: 'PARALLEL', stages: [source, { ...build, onFailure }, deploy] })).toEqual(
      only('PARALLEL'),
    )
  })
})

describe('the pipeline type', () => {
  it('is V2 where it is left out and something needs it', () => {
    const typeOf = (more: Partial<PipelineDeclaration>) => completeDeclaration({ ...shop, ...more }, 1).pipelineType
    expect(typeOf({})).toBe('V1')
    expect(typeOf({ executionMode: 'QUEUED' })).toBe('V2')
    expect(typeOf({ variables: [{ name: 'x' }] })).toBe('V2')
    expect(typeOf({ stages: [source, { ...build, onFailure: { result: 'ROLLBACK' } }, deploy] })).toBe('V2')
  })

  it('V1 has none of what needs V2', () => {
    expect(problems({ pipelineType: 'V1', executionMode: 'QUEUED' })).toEqual(
      only('InvalidStructureException', 'QUEUED'),
    )
  })
})

describe('triggers', () => {
  const connected = {
    ...checkout,
    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
    configuration: { ConnectionArn: 'arn', FullRepositoryId: 'shop/web', BranchName: 'main' },
  } as const
  const triggered = (...triggers: PipelineTriggerDeclaration[]) =>
    problems({ stages: [stage('Source', [connected]), build, deploy], triggers })
  const on = (git: Partial<PipelineTriggerDeclaration['gitConfiguration']>): PipelineTriggerDeclaration => ({
    providerType: 'CodeStarSourceConnection',
    gitConfiguration: { sourceActionName: 'Checkout', ...git },
  })
  const some = { includes: ['main'] }

  it('have filters that go together', () => {
    expect(
      triggered(on({ push: [{ branches: some, filePaths: some }, { tags: some }], pullRequest: [{ branches: some }] })),
    ).toEqual([])
    expect(triggered(on({ push: [{ tags: some, branches: some }] }))).toEqual(only('tags together with branches'))
    expect(triggered(on({ push: [{ filePaths: some }] }))).toEqual(only('file paths without branches'))
    expect(triggered(on({ pullRequest: [{ events: ['OPEN'] }] }))).toEqual(only('should have branches'))
  })

  it('are one for each source action of a connection', () => {
    expect(triggered(on({}), on({}))).toEqual(only('one trigger only'))
    expect(triggered(on({ sourceActionName: 'Other' }))).toEqual(only('Other'))
    expect(problems({ triggers: [on({})] })).toEqual(only('CodeStarSourceConnection'))
  })
})
