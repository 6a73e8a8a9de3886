import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskWithPortal, moveHome, role, signInByBrowser } from '../accounts/sso/portal.testing.ts'
import { administrator, removeData, type TestDesk, until } from '../desk.testing.ts'
import { createSite, production, siteKey } from '../site.testing.ts'
import { needed, withPolicy } from './needed.ts'

const { back } = moveHome()
afterAll(back)
const site = `arn:aws:codepipeline:us-east-1:${production}:site`

describe('what a request needs of IAM', () => {
  it('is on the pipeline, the stage or the action, in the caller’s partition', () => {
    const as = 'arn:aws-cn:iam::777788889999:user/ann'
    const executionId = '00000000-0000-4000-8000-000000000000'
    expect(needed({ kind: 'stop', key: siteKey, executionId, abandon: false, reason: '' }, as)).toEqual({
      action: 'codepipeline:StopPipelineExecution',
      resource: site.replace('arn:aws:', 'arn:aws-cn:'),
    })
    expect(needed({ kind: 'openTransition', key: siteKey, stage: 'Prod' }, as).resource).toMatch(/:site\/Prod$/)
    const decide = {
      kind: 'decide' as const,
      key: siteKey,
      stage: 'Prod',
      action: 'Approve',
      actionExecutionId: executionId,
      decision: 'Approved' as const,
      comment: '',
    }
    expect(needed(decide, as).resource).toMatch(/:site\/Prod\/Approve$/)
    expect(JSON.parse(withPolicy(needed(decide, as)).policy)).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'codepipeline:PutApprovalResult' }],
    })
  })
})

describe('an auditor', { timeout: 60_000 }, () => {
  let desk: TestDesk
  beforeAll(async () => {
    const made = await deskWithPortal()
    desk = made.desk
    const { localCloud } = await until(desk.caller.accounts.watch(), each => each.localCloud.state === 'ready')
    if (localCloud.state !== 'ready') throw new Error('not ready')
    await createSite({
      endpoint: localCloud.endpoint,
      credentials: await administrator(localCloud.credentialsFile, 'production'),
    })
    await signInByBrowser(desk, made.person)
    await desk.caller.accounts.addMany({ accounts: [role(production, 'prod', 'Auditor')] })
    await until(desk.caller.pipelines.watchFleet(), update =>
      (update.kind === 'snapshot' ? update.rows : update.changed).some(({ key }) => key.name === 'site'),
    )
    await until(desk.caller.pipelines.watch({ key: siteKey, of: 'now' }), view =>
      view.stages.some(({ state }) => state === 'waiting'),
    )
  }, 60_000)
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })

  it('is told beforehand what IAM does not allow, with the policy that would', async () => {
    const missing = await desk.caller.operations.permissions({ key: siteKey })
    expect(missing.map(({ action, resource }) => [action, resource])).toEqual(
      expect.arrayContaining([
        ['codepipeline:PutApprovalResult', `${site}/Prod/Approve`],
        ['codepipeline:StartPipelineExecution', site],
        ['codepipeline:RollbackStage', `${site}/Prod`],
      ]),
    )
    const preview = await desk.caller.operations.preview({ kind: 'start', key: siteKey, variables: [] })
    expect(preview).toMatchObject({
      impossible: {
        code: 'PermissionMissing',
        message: expect.stringContaining('codepipeline:StartPipelineExecution'),
      },
      missing: { resource: site },
    })
  })

  it('is shown as one who reads and does not operate', async () => {
    const snapshot = await until(
      desk.caller.accounts.watch(),
      ({ accounts }) => accounts.find(({ id }) => id === production)?.rights.known === 'simulated',
    )
    expect(snapshot.accounts.find(({ id }) => id === production)?.rights).toEqual({
      read: 'yes',
      approve: 'no',
      operate: 'no',
      known: 'simulated',
    })
  })
})
