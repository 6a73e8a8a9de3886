import { describe, expect, it } from 'vitest'
import { AwsError } from '../server/awsError.ts'
import type { Caller } from '../server/operation.ts'
import type { Outgoing } from '../services/sns/publisher.ts'
import { manualApproval } from './manualApproval.ts'
import type { ActionJob } from './provider.ts'

const role: Caller = {
  kind: 'assumedRole',
  account: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/Pipeline/1',
  userId: 'AROA:1',
  principalArn: 'arn:aws:iam::111122223333:role/Pipeline',
}
const topic = 'arn:aws:sns:us-east-1:111122223333:approvals'

/** As much of a job as an approval looks at. */
const job = (resolvedConfiguration: Record<string, string>) =>
  ({
    pipeline: { id: 1, account: '111122223333', region: 'us-east-1', name: 'shop' },
    action: { name: 'Approve', type: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
    attempt: { stage: 'Release', token: 'the-token', startedAt: Date.UTC(2026, 10, 22, 9), resolvedConfiguration },
  }) as unknown as ActionJob

function start(configuration: Record<string, string>, refusal?: AwsError) {
  const published: { as: Caller; topic: string; outgoing: Outgoing }[] = []
  const provider = manualApproval({
    artifacts: { identity: () => role },
    topics: {
      publishAs(as, to, outgoing) {
        if (refusal) throw refusal
        published.push({ as, topic: to, outgoing })
        return 'id'
      },
    },
  })
  return { published, start: () => provider.start(job(configuration)) }
}

describe('a manual approval', () => {
  it('tells its topic who is waited for, under the role that the action works with', async () => {
    const links = { CustomData: 'Shall we?', ExternalEntityLink: 'https://example.com' }
    const approval = start({ NotificationArn: topic, ...links })
    expect(await approval.start()).toEqual({ kind: 'pending' })
    const [{ as, outgoing } = { as: undefined, outgoing: undefined }] = approval.published
    expect(as).toBe(role)
    expect(JSON.parse(outgoing?.message['default'] ?? '')).toMatchObject({
      region: 'us-east-1',
      approval: {
        pipelineName: 'shop',
        stageName: 'Release',
        actionName: 'Approve',
        token: 'the-token',
        expires: '2026-11-29T09:00Z',
        externalEntityLink: 'https://example.com',
        customData: 'Shall we?',
      },
    })
  })

  it('tells nobody where it names no topic', async () => {
    const approval = start({})
    expect(await approval.start()).toEqual({ kind: 'pending' })
    expect(approval.published).toEqual([])
  })

  it('fails with the reason where its role may not publish, or the topic is not there', async () => {
    const denied = start({ NotificationArn: topic }, new AwsError('AccessDeniedException', 'not authorized'))
    await expect(denied.start()).rejects.toMatchObject({ code: 'PermissionError' })
    const gone = start({ NotificationArn: topic }, new AwsError('NotFoundException', 'Topic does not exist'))
    await expect(gone.start()).rejects.toMatchObject({ code: 'ConfigurationError' })
  })
})
