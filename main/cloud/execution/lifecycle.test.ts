import { describe, expect, it } from 'vitest'
import { action, condition, Story, source, stage } from './story.testing.ts'

const one = 'one'

function entered(...stages: ReturnType<typeof stage>[]) {
  const story = new Story([source, ...stages])
  story.start(one)
  story.succeed(one, 'Checkout')
  return story
}

describe('actions of a stage', () => {
  const build = stage('Build', [
    action('Package', { runOrder: 2 }),
    action('Compile', { runOrder: 1 }),
    action('Lint', { runOrder: 1 }),
  ])

  it('run by ascending run order, equal numbers side by side', () => {
    const story = entered(build)
    expect(story.busy(one)).toEqual(['Compile', 'Lint'])
    story.succeed(one, 'Compile')
    expect(story.busy(one)).toEqual(['Lint'])
    story.succeed(one, 'Lint')
    expect(story.busy(one)).toEqual(['Package'])
    story.succeed(one, 'Package')
    expect(story.execution(one).status).toBe('Succeeded')
  })

  it('let their running siblings finish when one fails, and start nothing new', () => {
    const story = entered(build)
    story.fail(one, 'Lint')
    expect(story.execution(one).status).toBe('InProgress')
    expect(story.passage(one, 'Build').status).toBe('InProgress')
    expect(story.busy(one)).toEqual(['Compile'])
    story.succeed(one, 'Compile')
    expect(story.execution(one).status).toBe('Failed')
    expect(story.passage(one, 'Build').actions).not.toHaveProperty('Package')
  })

  it('are told of in the order in which things happen', () => {
    const story = entered(build)
    for (const name of ['Compile', 'Lint', 'Package']) story.succeed(one, name)
    expect(story.announced(one)).toEqual([
      'STARTED',
      'Source STARTED',
      'Source SUCCEEDED',
      'Build STARTED',
      'Build SUCCEEDED',
      'SUCCEEDED',
    ])
  })

  it('may bear any name that AWS allows', () => {
    const odd = stage('__proto__', [action('constructor', { namespace: 'toString' })])
    const story = entered(odd, stage('valueOf', [action('__proto__', { configuration: { k: '#{toString.key}' } })]))
    story.succeed(one, 'constructor', { variables: { key: 'value' } })
    expect(story.running(one, '__proto__').resolvedConfiguration).toEqual({ k: 'value' })
    story.succeed(one, '__proto__')
    expect(story.execution(one).status).toBe('Succeeded')
  })
})

describe('what an action leaves behind', () => {
  const artifact = { name: 'App', bucket: 'b', key: 'shop/App/x1' }
  const build = stage('Build', [
    action('Compile', { outputArtifacts: [{ name: 'App' }], namespace: 'Compiled' }),
    action('Test', {
      runOrder: 2,
      inputArtifacts: [{ name: 'App' }],
      configuration: { ProjectName: '#{Compiled.version}-#{codepipeline.PipelineExecutionId}' },
    }),
  ])

  it('is what later actions work on', () => {
    const story = entered(build)
    story.succeed(one, 'Compile', { artifacts: [artifact], variables: { version: '1.2' } })
    expect(story.running(one, 'Test')).toMatchObject({
      inputArtifacts: [artifact],
      resolvedConfiguration: { ProjectName: '1.2-one' },
    })
  })

  it('is resolved anew in each attempt, and a value that nobody produced fails the action', () => {
    const story = entered(build)
    story.succeed(one, 'Compile', { artifacts: [artifact] })
    expect(story.execution(one).status).toBe('Failed')
    const { error } = story.passage(one, 'Build').actions['Test'] ?? {}
    expect(error).toMatchObject({ code: 'ConfigurationError' })
    expect(error?.message).toContain('#{Compiled.version}')
  })

  it('fails the action when its variables are too large', () => {
    const story = entered(build)
    story.succeed(one, 'Compile', { variables: { version: 'x'.repeat(122_880) } })
    expect(story.passage(one, 'Build').actions['Compile']).toMatchObject({ status: 'Failed' })
  })

  it('fails the consumer of an artifact that was never made', () => {
    const story = entered(
      stage('Build', [action('Compile', { outputArtifacts: [{ name: 'App' }] })], { beforeEntry: condition('SKIP') }),
      stage('Deploy', [action('Release', { inputArtifacts: [{ name: 'App' }] })]),
    )
    story.decide(one, false)
    expect(story.passage(one, 'Build').status).toBe('Skipped')
    expect(story.passage(one, 'Deploy').actions['Release']?.error?.message).toContain('App')
  })

  it('records the revision of each source action once', () => {
    const story = new Story([source, stage('Build', [action('Compile')])])
    story.start(one)
    story.succeed(one, 'Checkout', { revision: { actionName: 'Checkout', revisionId: '9f1c' } })
    expect(story.execution(one).revisions).toEqual([{ actionName: 'Checkout', revisionId: '9f1c' }])
  })
})

describe('news', () => {
  const build = stage('Build', [action('Compile')])

  it('of an action that has ended changes nothing', () => {
    const story = entered(build)
    const { id } = story.running(one, 'Compile')
    story.fail(one, 'Compile')
    const { state } = story
    for (const event of [
      { kind: 'actionSucceeded', actionExecutionId: id, result: { artifacts: [], variables: {} } },
      { kind: 'actionReported', actionExecutionId: id, report: { percentComplete: 50 } },
      { kind: 'timedOut', what: 'action', id },
      { kind: 'timedOut', what: 'rule', id: 'unknown' },
      { kind: 'ruleEnded', ruleExecutionId: 'unknown', passed: true },
      { kind: 'stopRequested', executionId: one, abandon: false, reason: 'late', by: 'ann' },
      { kind: 'stageRetried', executionId: 'unknown', stage: 'Build', mode: 'ALL_ACTIONS', by: 'ann' },
      { kind: 'transitionEnabled', stage: 'unknown', by: 'ann' },
    ] as const) {
      const next = story.send(event)
      expect(next).toEqual({
        state,
        plans: state.plans,
        effects: [],
        changed: { executions: [], actions: [], rules: [] },
      })
      expect(next.state).toBe(state)
    }
  })

  it('of an action in progress shows at once', () => {
    const story = entered(build)
    const { id } = story.running(one, 'Compile')
    story.send({ kind: 'actionReported', actionExecutionId: id, report: { externalExecutionId: 'proj:3f' } })
    story.send({ kind: 'actionReported', actionExecutionId: id, report: { summary: 'half way' } })
    const report = { externalExecutionId: 'proj:3f', summary: 'half way' }
    expect(story.running(one, 'Compile').report).toEqual(report)
    expect(story.state.stages['Build']?.actions['Compile']?.report).toEqual(report)
  })
})
