import {
  type ActionDeclaration,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListRuleExecutionsCommand,
  PutJobFailureResultCommand,
  PutJobSuccessResultCommand,
  type RuleDeclaration,
  type StageDeclaration,
} from '@aws-sdk/client-codepipeline'
import { CreateBucketCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import type { RulePlan } from '../../execution/model.ts'
import type { Caller } from '../../server/operation.ts'
import {
  everything,
  startCodePipeline,
  type TestCodePipeline,
  tooling,
  webShop,
} from '../../services/codepipeline/codepipeline.testing.ts'
import type { Artifacts } from '../artifacts.ts'
import { type AlarmState, cloudWatchAlarm } from './cloudWatchAlarm.ts'
import { deploymentWindow } from './deploymentWindow.ts'
import type { RuleJob } from './ruleProvider.ts'

let cloud: TestCodePipeline
let role: string
beforeAll(async () => {
  cloud = await startCodePipeline()
  role = cloud.addRole(tooling, 'Pipeline', { Service: 'codepipeline.amazonaws.com' }, everything)
  for (const Bucket of ['artifacts', 'site']) await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  cloud.push('Sell hats')
})
afterAll(() => cloud.stop())

const rule = (provider: string, configuration: Record<string, string>, more: Partial<RuleDeclaration> = {}) => ({
  name: 'Check',
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider, version: '1' } as const,
  configuration,
  ...more,
})
const approve: ActionDeclaration = {
  name: 'Approve',
  actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
}
/** Creates a pipeline whose second stage may be entered where the rule passes. */
async function guarded(name: string, check: RuleDeclaration) {
  const [source] = webShop(role).stages ?? []
  const stage: StageDeclaration = {
    name: 'Release',
    actions: [approve],
    beforeEntry: { conditions: [{ result: 'FAIL', rules: [check] }] },
  }
  const stages = [...(source ? [source] : []), stage]
  await cloud.client.send(new CreatePipelineCommand({ pipeline: webShop(role, { name, stages }) }))
}
const run = (pipelineName: string) =>
  vi.waitUntil(async () => {
    const { ruleExecutionDetails } = await cloud.client.send(new ListRuleExecutionsCommand({ pipelineName }))
    return ruleExecutionDetails?.[0]
  })
const ended = (pipelineName: string) =>
  vi.waitUntil(async () => {
    const found = await run(pipelineName)
    return found.status === 'InProgress' ? undefined : found
  })

describe('rules of a condition', () => {
  it('VariableCheck compares what a variable became', async () => {
    const check = { Variable: '#{Checkout.BranchName}', Value: 'ma[a-z]+', Operator: 'MATCHES' }
    await guarded('variable', rule('VariableCheck', check))
    expect(await ended('variable')).toMatchObject({
      status: 'Succeeded',
      input: { resolvedConfiguration: { Variable: 'main' } },
    })
  })

  it('DeploymentWindow passes while the window is open, and fails what is no window', async () => {
    await guarded('open', rule('DeploymentWindow', { Cron: '* * * * * ?', TimeZone: 'Europe/Berlin' }))
    expect((await ended('open')).status).toBe('Succeeded')
    await guarded('mad', rule('DeploymentWindow', { Cron: 'whenever' }))
    expect((await ended('mad')).output?.executionResult?.errorDetails).toEqual({
      code: 'ConfigurationError',
      message: 'The deployment window whenever is not valid: it has 1 fields, not six or seven',
    })
  })

  it('CodeBuild passes where its build succeeds', async () => {
    await guarded('build', rule('CodeBuild', { ProjectName: 'smoke' }, { inputArtifacts: [{ name: 'Source' }] }))
    await vi.waitUntil(() => cloud.started.some(({ project }) => project === 'smoke'))
    expect((await run('build')).output?.executionResult?.externalExecutionId).toMatch(/^smoke:/)
    await vi.waitUntil(() => cloud.running() > 0)
    cloud.end('SUCCEEDED')
    expect((await ended('build')).status).toBe('Succeeded')
  })

  it('Commands fails where its commands fail', async () => {
    const check = rule(
      'Commands',
      {},
      { commands: ['test -s #{Checkout.CommitId}'], inputArtifacts: [{ name: 'Source' }] },
    )
    await guarded('commands', check)
    const asked = await vi.waitUntil(() =>
      cloud.commands.find(({ initiator }) => initiator === 'codepipeline/commands'),
    )
    expect(asked).toMatchObject({ pipelineRole: role, logGroup: '/aws/codepipeline/commands', outputs: [] })
    expect(asked.commands[0]).toMatch(/^test -s c+\d+$/)
    await vi.waitUntil(() => cloud.running() > 0)
    cloud.end('FAILED')
    expect(await ended('commands')).toMatchObject({
      status: 'Failed',
      output: {
        executionResult: {
          errorDetails: { code: 'JobFailed', message: expect.stringMatching(/state: FAILED/) as unknown },
        },
      },
    })
    const { stageStates } = await cloud.client.send(new GetPipelineStateCommand({ name: 'commands' }))
    expect(stageStates?.[1]?.beforeEntryConditionState?.latestExecution?.status).toBe('Failed')
  })

  it('LambdaInvoke passes or fails as its function says', async () => {
    const check = rule('LambdaInvoke', { FunctionName: 'check', UserParameters: 'be strict' })
    for (const name of ['asked', 'refused']) await guarded(name, check)
    const told = (name: string) =>
      vi.waitUntil(() =>
        cloud.told.find(({ job }) => (job.data.pipelineContext as { pipelineName: string }).pipelineName === name),
      )
    const [asked, refused] = [await told('asked'), await told('refused')]
    expect(asked.job.data).toMatchObject({
      actionConfiguration: { configuration: { FunctionName: 'check', UserParameters: 'be strict' } },
      pipelineContext: { pipelineName: 'asked', stage: { name: 'Release' } },
    })
    await cloud.client.send(new PutJobSuccessResultCommand({ jobId: asked.job.id }))
    expect((await ended('asked')).status).toBe('Succeeded')
    const failureDetails = { type: 'JobFailed', message: 'too many errors' } as const
    await cloud.client.send(new PutJobFailureResultCommand({ jobId: refused.job.id, failureDetails }))
    expect((await ended('refused')).output?.executionResult?.errorDetails).toEqual({
      code: 'JobFailed',
      message: 'too many errors',
    })
    await guarded('no-function', rule('LambdaInvoke', { FunctionName: 'missing' }))
    expect((await ended('no-function')).output?.executionResult?.errorDetails?.code).toBe('ConfigurationError')
  })

  it('CloudWatchAlarm passes while its alarm is OK, and fails in the states it watches', async () => {
    cloud.alarms.set('quiet', 'OK')
    await guarded('quiet', rule('CloudWatchAlarm', { AlarmName: 'quiet', WaitTime: '30' }))
    expect((await ended('quiet')).status).toBe('Succeeded')
    cloud.alarms.set('loud', 'ALARM')
    await guarded('loud', rule('CloudWatchAlarm', { AlarmName: 'loud' }))
    expect((await ended('loud')).output?.executionResult?.errorDetails).toEqual({
      code: 'RuleFailed',
      message: 'The alarm loud is in the state ALARM.',
    })
    await guarded('missing', rule('CloudWatchAlarm', { AlarmName: 'missing' }))
    expect((await ended('missing')).output?.executionResult?.errorDetails).toEqual({
      code: 'ConfigurationError',
      message: 'The alarm missing does not exist.',
    })
  })
})

describe('a closed deployment window', () => {
  const clock = manualClock(Date.parse('2026-11-21T20:00:00Z'))
  const plan: RulePlan = { name: 'Check', provider: 'DeploymentWindow', configuration: {}, inputArtifacts: [] }
  const check = (controller: AbortController) =>
    deploymentWindow(clock).check({
      rule: plan,
      run: { resolvedConfiguration: { Cron: '0 0 9 ? * MON-FRI' } },
      signal: controller.signal,
    } as unknown as RuleJob)

  it('is waited for until it opens', async () => {
    const waiting = check(new AbortController())
    expect(clock.nextDue()).toBe(Date.parse('2026-11-23T09:00:00Z'))
    clock.advance(48 * 3_600_000)
    await expect(waiting).resolves.toEqual({ passed: true })
  })

  it('leaves no timer behind where nobody waits any more', async () => {
    const controller = new AbortController()
    const waiting = check(controller)
    controller.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    expect(clock.nextDue()).toBeUndefined()
  })
})

describe('an alarm that is given time', () => {
  const start = Date.parse('2026-11-23T09:00:00Z')
  const asked = (configuration: Record<string, string>, states: AlarmState[]) => {
    const clock = manualClock(start)
    const identity = { principalArn: 'role' } as Caller
    const provider = cloudWatchAlarm({
      clock,
      artifacts: { identity: () => identity } as unknown as Artifacts,
      authorize: () => {},
      alarmState: () => (states.length > 1 ? states.shift() : states[0]),
    })
    const outcome = provider.check({
      pipeline: { account: tooling, region: 'us-east-1' },
      rule: { name: 'Check' },
      run: { startedAt: start, resolvedConfiguration: { AlarmName: 'errors', ...configuration } },
      signal: new AbortController().signal,
    } as unknown as RuleJob)
    const pass = async () => {
      for (;;) {
        // Each look takes a few turns of the event loop.
        for (let turn = 0; turn < 20; turn++) await Promise.resolve()
        const due = clock.nextDue()
        if (due === undefined) return
        clock.advance(due - clock.now())
      }
    }
    return { outcome, pass, clock }
  }

  it('passes as soon as it is OK', async () => {
    const { outcome, pass, clock } = asked({ WaitTime: '5' }, ['ALARM', 'ALARM', 'OK'])
    await pass()
    expect(await outcome).toEqual({ passed: true })
    expect(clock.now()).toBe(start + 20_000)
  })

  it('fails when it is still in alarm at the end', async () => {
    const { outcome, pass, clock } = asked({ WaitTime: '5' }, ['ALARM'])
    await pass()
    expect(await outcome).toMatchObject({ passed: false })
    expect(clock.now()).toBe(start + 5 * 60_000)
  })

  it('fails for want of data where that is watched, and passes where it is not', async () => {
    const watched = asked({ AlarmStates: 'ALARM, INSUFFICIENT_DATA' }, ['INSUFFICIENT_DATA'])
    expect(await watched.outcome).toMatchObject({ passed: false })
    expect(await asked({}, ['INSUFFICIENT_DATA']).outcome).toEqual({ passed: true })
  })

  it.each([{ AlarmStates: 'PANIC' }, { WaitTime: 'soon' }])('refuses %o', async configuration => {
    expect(await asked(configuration, ['OK']).outcome).toMatchObject({ error: { code: 'ConfigurationError' } })
  })
})
