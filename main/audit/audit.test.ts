import { createHash } from 'node:crypto'
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineCommand,
  UpdatePipelineCommand,
} from '@aws-sdk/client-codepipeline'
import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntryFilter, LedgerEntry } from '../../preload/contract/audit.ts'
import { administrator, removeData, startDesk, type TestDesk, until } from '../desk.testing.ts'
import { createSite, type Place, production, siteKey } from '../site.testing.ts'

/** What the export's stream amounts to. */
async function fileOf(updates: AsyncIterable<{ kind: string; base64?: string; sha256?: string }>) {
  const parts: Buffer[] = []
  let sha256: string | undefined
  for await (const update of updates) {
    if (update.kind === 'chunk') parts.push(Buffer.from(update.base64 ?? '', 'base64'))
    if (update.kind === 'end') sha256 = update.sha256
  }
  const bytes = Buffer.concat(parts)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  return bytes.toString('utf8')
}

describe('audit on a local cloud', { timeout: 120_000 }, () => {
  let desk: TestDesk
  let place: Place
  const search = async (filter: EntryFilter) => (await desk.caller.audit.search({ filter, limit: 50 })).entries
  /** The first answer that is as wanted, asked for whenever the ledger grew. */
  const found = async (filter: EntryFilter, wanted: (entries: readonly LedgerEntry[]) => boolean) => {
    for await (const _ of await desk.caller.audit.watchCoverage()) {
      const entries = await search(filter)
      if (wanted(entries)) return entries
    }
    throw new Error('The ledger is no longer watched')
  }

  beforeAll(async () => {
    desk = await startDesk({ empty: true })
    const { localCloud } = await until(
      desk.caller.accounts.watch(),
      ({ accounts, localCloud: cloud }) =>
        cloud.state === 'ready' && accounts.length > 2 && accounts.every(({ session }) => session.state === 'valid'),
    )
    if (localCloud.state !== 'ready') throw new Error('The local cloud is not ready')
    const credentials = await administrator(localCloud.credentialsFile, 'production')
    place = { endpoint: localCloud.endpoint, credentials }
    const settings = { region: 'us-east-1', ...place }
    await createSite(place)
    const iam = new IAMClient(settings)
    const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${production}:root` }, Action: 'sts:AssumeRole' }
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'PipelineEditor',
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      }),
    )
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'PipelineEditor', PolicyArn }))
    const { Credentials: session } = await new STSClient(settings).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${production}:role/PipelineEditor`,
        RoleSessionName: 'dana.brandt',
      }),
    )
    const dana = new CodePipelineClient({
      ...settings,
      credentials: {
        accessKeyId: session?.AccessKeyId ?? '',
        secretAccessKey: session?.SecretAccessKey ?? '',
        sessionToken: session?.SessionToken ?? '',
      },
    })
    const { pipeline } = await dana.send(new GetPipelineCommand({ name: 'site' }))
    if (!pipeline) throw new Error('No pipeline')
    const stages = pipeline.stages?.map(stage => ({
      ...stage,
      actions: stage.actions?.filter(({ name }) => name !== 'Approve'),
    }))
    await dana.send(new UpdatePipelineCommand({ pipeline: { ...pipeline, stages } }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'SitePipeline', PolicyArn }))
  })
  afterAll(async () => {
    await desk.stop()
    removeData(desk)
  })

  it('answers who removed the approval from a pipeline with one question', async () => {
    const month = {
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date(Date.now() + 3_600_000).toISOString(),
    }
    const both = await found({ pipelines: ['site'], text: 'approval removed', ...month }, ({ length }) => length > 1)
    const alarm = both.find(({ kind }) => kind === 'alarm')
    const update = both.find(({ kind }) => kind === 'definition')
    expect(alarm).toMatchObject({ name: 'approvalRemoved', who: { name: 'dana.brandt' } })
    expect(update).toMatchObject({
      name: 'UpdatePipeline',
      version: 2,
      who: { kind: 'person', name: 'dana.brandt' },
      words: 'Updated site to version 2: removed approval Approve from stage Prod',
    })
    const detail = await desk.caller.audit.entry({ id: update?.id ?? 0 })
    expect(detail.changes).toMatchObject([{ stage: 'Prod', action: 'Approve', alarm: 'approvalRemoved' }])
    expect(detail.related.map(({ kind }) => kind)).toContain('alarm')
    expect(detail.evidence[0]?.raw).toContain('"eventName": "UpdatePipeline"')
  })

  it('says who stands behind a role’s session, once the trail told', async () => {
    const [update] = await found(
      { names: ['UpdatePipeline'] },
      ([first]) => first?.who.how.includes('assumed by') ?? false,
    )
    expect(update?.who.how).toBe('role PipelineEditor, assumed by IAM user administrator')
  })

  it('shows the versions, their author and what changed between them', async () => {
    await found({ names: ['CreatePipeline'] }, ({ length }) => length > 0)
    await until(desk.caller.pipelines.watch({ key: siteKey, of: 'now' }), ({ executions }) => executions.length > 0)
    const versions = await desk.caller.audit.versions({ key: siteKey })
    expect(versions.map(({ version, known }) => [version, known])).toEqual([
      [2, true],
      [1, true],
    ])
    expect(versions[0]).toMatchObject({ by: { name: 'dana.brandt' }, alarms: ['approvalRemoved'] })
    const { changes, from, to } = await desk.caller.audit.diff({ key: siteKey, from: 1, to: 2 })
    expect(changes.map(({ words }) => words)).toEqual(['removed approval Approve from stage Prod'])
    expect([from.definition.stages[1]?.actions.length, to.definition.stages[1]?.actions.length]).toEqual([2, 1])
    const ran = await desk.caller.audit.executionsUnder({ key: siteKey, version: 1 })
    expect(ran).toHaveLength(1)
    expect(versions.map(({ executions }) => executions)).toEqual([0, 1])
    const histories = await desk.caller.audit.histories()
    expect(histories).toMatchObject([{ key: siteKey, latest: 2, deleted: false }])
  })

  it('raises an alarm for a role that was widened, and keeps a sign-off with its note in the ledger', async () => {
    const { alarms } = await until(desk.caller.audit.watchAlarms(), ({ alarms: all }) =>
      all.some(({ kind }) => kind === 'roleWidened'),
    )
    const widened = alarms.find(({ kind }) => kind === 'roleWidened')
    expect(widened).toMatchObject({
      pipelines: ['site'],
      words: 'Attached AdministratorAccess to role SitePipeline',
      who: { name: 'administrator' },
    })
    const removed = alarms.find(({ kind }) => kind === 'approvalRemoved')
    const signed = await desk.caller.audit.signOff({ id: removed?.id ?? '', note: 'Agreed for the holidays' })
    expect(signed.signedOff?.note).toBe('Agreed for the holidays')
    const [entry] = await search({ kinds: ['signOff'] })
    expect(entry).toMatchObject({ comment: 'Agreed for the holidays', who: { kind: 'person' } })
    await expect(desk.caller.audit.signOff({ id: removed?.id ?? '', note: 'again' })).rejects.toThrow(
      'signed this alarm off',
    )
  })

  it('shows what the desk itself did once, though three sources tell of it', async () => {
    const request = {
      kind: 'closeTransition',
      key: siteKey,
      stage: 'Prod',
      reason: 'Freeze',
      typedName: 'site',
    } as const
    const done = await desk.caller.operations.perform(request)
    expect(done.outcome).toMatchObject({ state: 'confirmed' })
    await desk.caller.audit.refresh({})
    const entries = await found({ names: ['DisableStageTransition'] }, ([first]) => first?.sources.length === 3)
    expect(entries).toMatchObject([{ comment: 'Freeze', stage: 'Prod' }])
    expect(entries[0]?.sources.toSorted()).toEqual(['cloudTrail', 'codePipeline', 'desk'])
  })

  it('verifies every chain, also against a head that was kept', async () => {
    const { heads } = await until(desk.caller.audit.watchCoverage(), ({ rows }) => rows > 0)
    const anchor = heads.find(({ account }) => account === production)
    const update = await until(desk.caller.audit.verify(anchor ? { anchor } : {}), ({ kind }) => kind === 'verdict')
    if (update.kind !== 'verdict') throw new Error('No verdict')
    expect(update.chains.filter(({ fault }) => fault)).toEqual([])
    expect(update.chains.find(({ account }) => account === production)?.rows).toBeGreaterThan(5)
  })

  it('exports what was found, with the verification and every row as it was hashed', async () => {
    const filter: EntryFilter = { pipelines: ['site'] }
    const entries = await search(filter)
    const csv = await fileOf(await desk.caller.audit.export({ filter, format: 'csv' }))
    expect(csv.trim().split('\r\n').length).toBe(entries.length + 1)
    const json = JSON.parse(await fileOf(await desk.caller.audit.export({ filter, format: 'json' })))
    expect(json.entries.map(({ id }: { id: number }) => id)).toEqual(entries.map(({ id }) => id))
    for (const { rows } of json.entries)
      for (const { record, hash, previous } of rows)
        expect(createHash('sha256').update(`${previous}\n${record}`).digest('hex')).toBe(hash)
    const html = await fileOf(await desk.caller.audit.export({ filter, format: 'html' }))
    expect(html).toContain('Every row is as it was recorded.')
    expect(html).toMatch(/told by CloudTrail/)
    expect(html).toMatch(/<th>When \(UTC\)<\/th>/)
    expect(html).not.toContain('<script')
  })

  it('tells no secret of anybody’s', async () => {
    const json = await fileOf(await desk.caller.audit.export({ filter: {}, format: 'json' }))
    expect(json).not.toContain(place.credentials.secretAccessKey)
    expect(json).not.toMatch(/"sessionToken\\?":\\?"(?!\*{4}|HIDDEN)/)
  })
  it('raises an alarm for the role of a build that a pipeline uses, though no definition names it', async () => {
    const settings = { region: 'us-east-1', ...place }
    const iam = new IAMClient(settings)
    const trust = { Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    for (const RoleName of ['SiteBuild', 'UnusedBuild'])
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    await new CodeBuildClient(settings).send(
      new CreateProjectCommand({
        name: 'site-check',
        source: { type: 'CODEPIPELINE', buildspec: 'version: 0.2\nphases:\n  build:\n    commands: [ls]\n' },
        artifacts: { type: 'CODEPIPELINE' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/standard:7.0',
          computeType: 'BUILD_GENERAL1_SMALL',
        },
        serviceRole: `arn:aws:iam::${production}:role/SiteBuild`,
      }),
    )
    const client = new CodePipelineClient(settings)
    const { pipeline: site } = await client.send(new GetPipelineCommand({ name: 'site' }))
    const [source] = site?.stages ?? []
    if (!site || !source) throw new Error('No pipeline')
    const check = {
      name: 'Check',
      actionTypeId: { category: 'Test', owner: 'AWS', provider: 'CodeBuild', version: '1' } as const,
      configuration: { ProjectName: 'site-check' },
      inputArtifacts: [{ name: 'Page' }],
    }
    const stages = [source, { name: 'Test', actions: [check] }]
    await client.send(new CreatePipelineCommand({ pipeline: { ...site, name: 'checked-site', stages } }))
    // CloudTrail tells whole seconds: what is widened in the one in which the pipeline was made counts already.
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    for (const RoleName of ['SiteBuild', 'UnusedBuild'])
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
    await desk.caller.audit.refresh({})
    const { alarms } = await until(desk.caller.audit.watchAlarms(), ({ alarms: all }) =>
      all.some(({ words }) => words.includes('SiteBuild')),
    )
    expect(alarms.filter(({ words }) => words.includes('Build'))).toMatchObject([
      { kind: 'roleWidened', pipelines: ['checked-site'], words: 'Attached AdministratorAccess to role SiteBuild' },
    ])
  })
})
