import type { PipelineDeclaration, PipelineTriggerDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import { describe, expect, it } from 'vitest'
import { checkDeclaration, completeDeclaration, declarationProblems } from './declaration.ts'
import { action, approval, condition, stage } from './story.testing.ts'

const checkout = action('Checkout', {
  type: 'Source/S3',
  configuration: { S3Bucket: 'source', S3ObjectKey: 'app.zip' },
  outputArtifacts: [{ name: 'App' }],
  namespace: 'Src',
})
const compile = action('Compile', {
  configuration: { ProjectName: 'shop' },
  inputArtifacts: [{ name: 'App' }],
  outputArtifacts: [{ name: 'Built' }],
  namespace: 'Bld',
})
const release = action('Release', {
  type: 'Deploy/S3',
  configuration: { BucketName: 'site', Extract: 'true' },
  inputArtifacts: [{ name: 'Built' }],
})
const source = stage('Source', [checkout])
const build = stage('Build', [compile])
const deploy = stage('Deploy', [release])
const shop: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [source, build, deploy],
}

/** The problems of the shop's declaration with these members, as `Name: sentence`. */
function problems(more: Partial<PipelineDeclaration> = {}): string[] {
  const declaration = { ...shop, ...more }
  return [...declarationProblems(declaration, { region: 'us-east-1' })].map(
    ({ name, message }) => `${name}: ${message}`,
  )
}
const staged = (...stages: StageDeclaration[]) => problems({ stages })
const rejected = (found: string[], ...words: string[]) => {
  expect(found).toHaveLength(1)
  for (const word of words) expect(found[0]).toContain(word)
}

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
    rejected(
      staged(stage('Source', [checkout, approval('Ask')]), build, deploy),
      'InvalidStructureException',
      'only contains source actions',
    )
    const again = action('Again', {
      ...checkout,
      type: 'Source/S3',
      name: 'Again',
      namespace: 'Two',
      outputArtifacts: [{ name: 'More' }],
    })
    rejected(staged(source, stage('Build', [compile, again]), deploy), 'InvalidStructureException', 'Again')
  })

  it('has unique names of stages, and of actions within one', () => {
    expect(staged(source, build, { ...build, actions: [approval('Ask')] })).toEqual([
      expect.stringContaining('Build has been used'),
    ])
    rejected(staged(source, build, stage('Deploy', [release, approval('Release')])), 'InvalidStageDeclarationException')
  })

  it('has no blockers and no empty stage', () => {
    const blocked = { ...build, blockers: [{ name: 'b', type: 'Schedule' as const }] }
    rejected(staged(source, blocked, deploy), 'InvalidBlockerDeclarationException')
    rejected(staged(source, build, deploy, stage('Empty', [])), 'InvalidStageDeclarationException', 'Empty')
  })
})

describe('an action', () => {
  const inBuild = (changed: Partial<typeof compile>) =>
    staged(source, stage('Build', [{ ...compile, ...changed }]), deploy)

  it('is of a type that exists', () => {
    const actionTypeId = { category: 'Build', owner: 'AWS', provider: 'Bamboo', version: '1' } as const
    rejected(inBuild({ actionTypeId }), 'InvalidActionDeclarationException', "Provider: 'Bamboo'", 'US_EAST_1')
  })

  it('may be of a type of the account’s own', () => {
    const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Bamboo', version: '1' } as const
    const stages = [source, stage('Build', [{ ...compile, actionTypeId, configuration: { Plan: 'x' } }]), deploy]
    const customTypes = () => ({ required: ['Plan'], optional: [], inputs: [0, 5], outputs: [0, 5] }) as const
    expect([...declarationProblems({ ...shop, stages }, { region: 'us-east-1', customTypes })]).toEqual([])
  })

  it('has the configuration that its type requires and no other', () => {
    rejected(inBuild({ configuration: {} }), "missing required configuration 'ProjectName'")
    rejected(inBuild({ configuration: { ProjectName: 'x', Colour: 'red' } }), "unknown configuration 'Colour'")
    rejected(inBuild({ configuration: { ProjectName: 'x', BatchEnabled: 'yes' } }), "'BatchEnabled'", 'true, false')
  })

  it('has as many artifacts as its type takes', () => {
    rejected(
      inBuild({ inputArtifacts: [] }),
      'Action Compile declares 0 input artifacts which is less than the minimum count (1)',
    )
  })

  it('has commands only as a compute action', () => {
    rejected(inBuild({ commands: ['make'] }), 'To use the commands field, use a compute action')
  })

  it('has a timeout only as an approval', () => {
    rejected(inBuild({ timeoutInMinutes: 60 }), 'timeoutInMinutes')
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
    rejected(
      staged(source, stage('Build', [compile, twin]), deploy),
      'InvalidStructureException',
      'Built has been used',
    )
  })

  it('have one store, or one in each region that is used', () => {
    const store = { type: 'S3', location: 'artifacts' } as const
    const abroad = [source, build, stage('Deploy', [{ ...release, region: 'eu-west-1' }])]
    const without = { ...shop, artifactStore: undefined }
    rejected(problems({ artifactStore: undefined }), 'artifactStore or artifactStores')
    rejected(problems({ artifactStores: { 'us-east-1': store } }), 'not both')
    rejected(problems({ stages: abroad }), 'eu-west-1')
    rejected(
      problems({ ...without, artifactStores: { 'eu-west-1': store }, stages: [source, build, deploy] }),
      'us-east-1',
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
    rejected(named('#{Bld.x}'), 'Bld')
    rejected(named('#{variables.target}'), 'not declared')
    rejected(named('#{codepipeline.Other}'), 'Other')
    rejected(named('#{nothing}'), 'a namespace and a key separated by a period (.)')
  })

  it('of the pipeline are not for source actions', () => {
    const reading = { ...checkout, configuration: { S3Bucket: '#{variables.bucket}', S3ObjectKey: 'app.zip' } }
    rejected(
      problems({ variables: [{ name: 'bucket' }], stages: [stage('Source', [reading]), build, deploy] }),
      'Source action',
    )
  })

  it('have namespaces of their own', () => {
    rejected(staged(source, stage('Build', [{ ...compile, namespace: 'Src' }]), deploy), 'Src has been used')
    rejected(staged(source, stage('Build', [{ ...compile, namespace: 'App' }]), deploy), 'name of an artifact')
    rejected(staged(source, stage('Build', [{ ...compile, namespace: 'variables' }]), deploy), 'reserved')
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
    rejected(guarded({ beforeEntry: lambda('ROLLBACK') }), 'FAIL or SKIP')
    rejected(guarded({ onSuccess: lambda('SKIP') }), 'ROLLBACK or FAIL')
  })

  it('skip only by LambdaInvoke and VariableCheck', () => {
    rejected(guarded({ beforeEntry: lambda('SKIP', 'CloudWatchAlarm') }), 'InvalidStageDeclarationException', 'SKIP')
  })

  it('have rules that exist, with what they require', () => {
    rejected(guarded({ beforeEntry: lambda('FAIL', 'Horoscope') }), 'Horoscope')
    rejected(guarded({ beforeEntry: condition('FAIL') }), "missing required configuration 'FunctionName'")
  })

  it('do not go together with an automatic retry', () => {
    rejected(guarded({ onFailure: { result: 'RETRY', ...lambda('ROLLBACK') } }), 'retry and conditions')
    expect(guarded({ onFailure: { result: 'RETRY', retryConfiguration: { retryMode: 'ALL_ACTIONS' } } })).toEqual([])
  })

  it('roll back neither the source stage nor a PARALLEL pipeline', () => {
    const onFailure = { result: 'ROLLBACK' } as const
    rejected(staged({ ...source, onFailure }, build, deploy), 'source stage')
    rejected(problems({ executionMode: 'PARALLEL', stages: [source, { ...build, onFailure }, deploy] }), 'PARALLEL')
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
    rejected(problems({ pipelineType: 'V1', executionMode: 'QUEUED' }), 'InvalidStructureException', 'QUEUED')
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
    rejected(triggered(on({ push: [{ tags: some, branches: some }] })), 'tags together with branches')
    rejected(triggered(on({ push: [{ filePaths: some }] })), 'file paths without branches')
    rejected(triggered(on({ pullRequest: [{ events: ['OPEN'] }] })), 'should have branches')
  })

  it('are one for each source action of a connection', () => {
    rejected(triggered(on({}), on({})), 'one trigger only')
    rejected(triggered(on({ sourceActionName: 'Other' })), 'Other')
    rejected(problems({ triggers: [on({})] }), 'CodeStarSourceConnection')
  })
})
