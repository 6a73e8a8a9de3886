import { describe, expect, it } from 'vitest'
import type { ActionDeclaration, Declaration } from '../../../preload/contract/declaration.ts'
import { toldDiff } from './told.ts'

const type = (category: string, provider: string) => ({ category, owner: 'AWS', provider, version: '1' })
const source: ActionDeclaration = {
  name: 'Code',
  actionTypeId: type('Source', 'CodeCommit'),
  configuration: { RepositoryName: 'payments', BranchName: 'main', PollForSourceChanges: 'false' },
}
const approval: ActionDeclaration = { name: 'Release', actionTypeId: type('Approval', 'Manual'), runOrder: 1 }
const deploy: ActionDeclaration = {
  name: 'Deploy',
  actionTypeId: type('Deploy', 'S3'),
  runOrder: 2,
  roleArn: 'arn:aws:iam::777788889999:role/Deployer',
}
const gate = {
  conditions: [{ result: 'FAIL', rules: [{ name: 'Hours', ruleTypeId: type('Rule', 'DeploymentWindow') }] }],
}
const payments: Declaration = {
  name: 'payments',
  version: 3,
  roleArn: 'arn:aws:iam::111122223333:role/Pipeline',
  artifactStore: { type: 'S3', location: 'artifacts', encryptionKey: { id: 'alias/payments', type: 'KMS' } },
  stages: [
    { name: 'Source', actions: [source] },
    { name: 'Production', actions: [approval, deploy], beforeEntry: gate },
  ],
}
const production = (actions: ActionDeclaration[], more: object = {}): Declaration => ({
  ...payments,
  version: 4,
  stages: [
    { name: 'Source', actions: [source] },
    { name: 'Production', actions, beforeEntry: gate, ...more },
  ],
})
const words = (after: Declaration) => toldDiff(payments, after).changes.map(change => change.words)
const alarms = (after: Declaration) =>
  toldDiff(payments, after).alarms.map(({ kind, stage, action }) => [kind, stage, action])

describe('what changed in a definition', () => {
  it('is nothing where only defaults were written out', () => {
    const written = { ...payments, executionMode: 'SUPERSEDED', pipelineType: 'V1', variables: [], version: 9 }
    expect(toldDiff(payments, written)).toEqual({ changes: [], alarms: [] })
  })

  it('names a removed approval, and raises an alarm', () => {
    const after = production([deploy])
    expect(words(after)).toEqual(['removed approval Release from stage Production'])
    expect(alarms(after)).toEqual([['approvalRemoved', 'Production', 'Release']])
  })

  it('tells a renamed approval from one that was removed', () => {
    const after = production([{ ...approval, name: 'Ship' }, deploy])
    expect(words(after)).toEqual(['renamed action Release in stage Production to Ship'])
    expect(alarms(after)).toEqual([['approvalRenamed', 'Production', 'Ship']])
  })

  it('takes an approval that moved to a new stage for moved, not for removed', () => {
    const after: Declaration = {
      ...payments,
      stages: [
        { name: 'Source', actions: [source] },
        { name: 'Decide', actions: [approval] },
        { name: 'Production', actions: [deploy], beforeEntry: gate },
      ],
    }
    expect(alarms(after)).toEqual([])
  })

  it('hears of a stage that went with its approval and its condition', () => {
    const after = { ...payments, stages: [{ name: 'Source', actions: [source] }] }
    expect(alarms(after)).toEqual([
      ['approvalRemoved', 'Production', 'Release'],
      ['conditionDropped', 'Production', undefined],
    ])
  })

  it('hears of a dropped condition, another role, a removed key', () => {
    expect(alarms(production([approval, deploy], { beforeEntry: undefined }))).toEqual([
      ['conditionDropped', 'Production', undefined],
    ])
    expect(alarms(production([approval, { ...deploy, roleArn: 'arn:aws:iam::777788889999:role/Admin' }]))).toEqual([
      ['roleChanged', 'Production', 'Deploy'],
    ])
    expect(alarms({ ...payments, artifactStore: { type: 'S3', location: 'artifacts' } })).toEqual([
      ['encryptionKeyRemoved', undefined, undefined],
    ])
  })

  it('hears of another branch, another repository and of polling, which is also on where nothing is said', () => {
    const from = (configuration: Record<string, string>): Declaration => ({
      ...payments,
      stages: [{ name: 'Source', actions: [{ ...source, configuration }] }, ...payments.stages.slice(1)],
    })
    const after = from({ RepositoryName: 'fork', BranchName: 'hotfix' })
    expect(words(after)).toEqual([
      'changed BranchName of action Code in stage Source from main to hotfix',
      'removed PollForSourceChanges false of action Code in stage Source',
      'changed RepositoryName of action Code in stage Source from payments to fork',
    ])
    expect(alarms(after).map(([kind]) => kind)).toEqual(['branchChanged', 'pollingOn', 'sourceChanged'])
  })

  it('is not deceived by an approval of the same name in another stage', () => {
    const test = { name: 'Test', actions: [approval] }
    const both: Declaration = {
      ...payments,
      stages: [...payments.stages.slice(0, 1), test, ...payments.stages.slice(1)],
    }
    const after: Declaration = {
      ...both,
      stages: [...both.stages.slice(0, 2), ...production([deploy]).stages.slice(1)],
    }
    expect(toldDiff(both, after).alarms.map(({ kind, stage, action }) => [kind, stage, action])).toEqual([
      ['approvalRemoved', 'Production', 'Release'],
    ])
  })

  it('hears of an approval that stays, but comes after what it kept back', () => {
    const later = production([deploy, { ...approval, runOrder: 3 }])
    expect(alarms(later)).toEqual([['approvalRemoved', 'Production', 'Deploy']])
    expect(toldDiff(payments, later).alarms[0]?.words).toBe(
      'Approval Release no longer comes before Deploy of stage Production',
    )
    expect(toldDiff(payments, later).changes.map(({ alarm }) => alarm)).toContain('approvalRemoved')
    expect(alarms(production([approval, { ...deploy, runOrder: 1 }]))).toEqual([
      ['approvalRemoved', 'Production', 'Deploy'],
    ])
    const afterwards: Declaration = {
      ...payments,
      stages: [...production([deploy]).stages, { name: 'Decide', actions: [approval] }],
    }
    expect(alarms(afterwards)).toEqual([['approvalRemoved', 'Production', 'Deploy']])
  })

  it('keeps calm where an approval only comes earlier, or another one comes before the same', () => {
    expect(alarms(production([approval, { ...deploy, runOrder: 5 }]))).toEqual([])
    expect(alarms(production([approval, { ...approval, name: 'Second' }, deploy]))).toEqual([])
  })

  it('hears of a source that went or came', () => {
    const bucket: ActionDeclaration = {
      name: 'Bucket',
      actionTypeId: type('Source', 'S3'),
      configuration: { S3Bucket: 'drop', S3ObjectKey: 'app.zip' },
    }
    const from = (actions: ActionDeclaration[]): Declaration => ({
      ...payments,
      stages: [{ name: 'Source', actions }, ...payments.stages.slice(1)],
    })
    expect(alarms(from([bucket]))).toEqual([
      ['sourceChanged', 'Source', 'Code'],
      ['sourceChanged', 'Source', 'Bucket'],
      ['pollingOn', 'Source', 'Bucket'],
    ])
    const calm = { ...bucket, configuration: { ...bucket.configuration, PollForSourceChanges: 'false' } }
    expect(alarms(from([source, calm]))).toEqual([['sourceChanged', 'Source', 'Bucket']])
  })

  it('hears of a trigger that lets other branches in', () => {
    const on = (includes: string[]) => ({
      ...payments,
      pipelineType: 'V2',
      triggers: [
        {
          providerType: 'CodeStarSourceConnection',
          gitConfiguration: { sourceActionName: 'Code', push: [{ branches: { includes } }] },
        },
      ],
    })
    const heard = toldDiff(on(['main']), on(['**']))
    expect(heard.alarms.map(({ kind, words: told }) => [kind, told])).toEqual([
      ['branchChanged', 'The trigger on Code starts for branches ** instead of main'],
    ])
    expect(toldDiff(on(['main']), on(['main'])).alarms).toEqual([])
  })

  it('says where each change is drawn', () => {
    const { changes } = toldDiff(payments, production([approval, { ...deploy, region: 'eu-west-1' }]))
    expect(changes).toMatchObject([{ stage: 'Production', action: 'Deploy' }])
  })
})
