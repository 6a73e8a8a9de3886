import { CodeCommitClient, CreateRepositoryCommand, PutFileCommand } from '@aws-sdk/client-codecommit'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  type ExecutionMode,
  GetPipelineStateCommand,
  PutApprovalResultCommand,
  paginateListActionExecutions,
  paginateListPipelineExecutions,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { checkout } from './stages.ts'

/** As many executions as AWS lets go on in two pipelines at once, and as many as may queue in one. */

/** How many executions of one QUEUED or PARALLEL pipeline may be under way (fact sheet, section 11.1). */
const most = 50
const allow = (rest: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] })

let cloud: CloudUnderTest
let client: CodePipelineClient
let roleArn: string
const clients: { destroy(): void }[] = []
const kept = <T extends { destroy(): void }>(one: T): T => {
  clients.push(one)
  return one
}

/** A source, and an approval that waits. Creating it starts its first execution. */
const create = (name: string, executionMode: ExecutionMode) =>
  client.send(
    new CreatePipelineCommand({
      pipeline: {
        name,
        roleArn,
        pipelineType: 'V2',
        executionMode,
        artifactStore: { type: 'S3', location: 'artifacts' },
        stages: [
          checkout('told'),
          {
            name: 'Release',
            actions: [
              {
                name: 'Approve',
                actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
              },
            ],
          },
        ],
      },
    }),
  )
const start = (name: string) => client.send(new StartPipelineExecutionCommand({ name }))
/** Starts as many as there may be beside the first; gives their ids. */
const fill = async (name: string) => {
  const started = await Promise.all(Array.from({ length: most - 1 }, () => start(name)))
  return started.map(({ pipelineExecutionId }) => pipelineExecutionId ?? '')
}
/** Newest first. */
const executionsOf = async (pipelineName: string) => {
  const found = []
  for await (const page of paginateListPipelineExecutions({ client }, { pipelineName }))
    found.push(...(page.pipelineExecutionSummaries ?? []))
  return found
}
const actionsOf = async (pipelineName: string, actionName: string) => {
  const found = []
  for await (const page of paginateListActionExecutions({ client }, { pipelineName }))
    found.push(...(page.actionExecutionDetails ?? []).filter(action => action.actionName === actionName))
  return found
}
const approve = (pipelineName: string, token: string) =>
  client.send(
    new PutApprovalResultCommand({
      pipelineName,
      stageName: 'Release',
      actionName: 'Approve',
      token,
      result: { summary: token, status: 'Approved' },
    }),
  )
const until = <T>(what: () => Promise<T | undefined | false>) => vi.waitUntil(what, { timeout: 60_000, interval: 20 })
const oneTooMany = (name: string) => ({
  name: 'ConcurrentPipelineExecutionsLimitExceededException',
  message: expect.stringContaining(name) as string,
})

describe.skipIf(localOnly('it is about the local cloud under load'))(
  'many executions at once',
  { timeout: 120_000 },
  () => {
    beforeAll(async () => {
      cloud = await startCloudUnderTest()
      client = kept(new CodePipelineClient(cloud.settings()))
      await kept(new S3Client(cloud.settings())).send(new CreateBucketCommand({ Bucket: 'artifacts' }))
      const iam = kept(new IAMClient(cloud.settings()))
      const Principal = { Service: 'codepipeline.amazonaws.com' }
      const AssumeRolePolicyDocument = allow({ Principal, Action: 'sts:AssumeRole' })
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'Pipeline', AssumeRolePolicyDocument }))
      roleArn = Role?.Arn ?? ''
      const PolicyDocument = allow({ Action: ['codecommit:*', 's3:*'], Resource: '*' })
      await iam.send(new PutRolePolicyCommand({ RoleName: 'Pipeline', PolicyName: 'only', PolicyDocument }))
      const commits = kept(new CodeCommitClient(cloud.settings()))
      await commits.send(new CreateRepositoryCommand({ repositoryName: 'shop' }))
      const file = { repositoryName: 'shop', branchName: 'main', filePath: 'index.html' }
      await commits.send(new PutFileCommand({ ...file, fileContent: Buffer.from('Hello') }))
    })
    afterAll(async () => {
      for (const one of clients) one.destroy()
      await cloud.stop()
      if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
    })

    it('are a hundred side by side, none of them lost', async () => {
      const names = ['east', 'west']
      await Promise.all(names.map(name => create(name, 'PARALLEL')))
      const started = await Promise.all(names.map(fill))
      for (const name of names) expect(await refusalOf(start(name))).toMatchObject(oneTooMany(name))
      const asked = await until(async () => {
        const found = await Promise.all(names.map(name => actionsOf(name, 'Approve')))
        return found.every(({ length }) => length === most) && found
      })
      for (const name of names)
        expect((await executionsOf(name)).filter(({ status }) => status === 'InProgress')).toHaveLength(most)
      await Promise.all(
        names.flatMap((name, index) =>
          (asked[index] ?? []).map(({ output }) => approve(name, output?.executionResult?.externalExecutionId ?? '')),
        ),
      )
      for (const [index, name] of names.entries()) {
        const executions = await executionsOf(name)
        expect(executions.map(({ status }) => status)).toEqual(Array.from({ length: most }, () => 'Succeeded'))
        const ids = executions.map(({ pipelineExecutionId }) => pipelineExecutionId)
        expect(ids).toEqual(expect.arrayContaining(started[index] ?? []))
        const answers = (await actionsOf(name, 'Approve')).map(({ output }) => output?.executionResult)
        expect(answers.filter(answer => answer?.externalExecutionSummary === answer?.externalExecutionId)).toHaveLength(
          most,
        )
      }
      // There is room again.
      await start('east')
    })

    it('queue in the order in which they were started, fifty of them', async () => {
      await create('line', 'QUEUED')
      await fill('line')
      expect(await refusalOf(start('line'))).toMatchObject(oneTooMany('line'))
      const order = (await executionsOf('line')).map(({ pipelineExecutionId }) => pipelineExecutionId).reverse()
      const released: (string | undefined)[] = []
      while (released.length < most) {
        const next = await until(async () => {
          const { stageStates } = await client.send(new GetPipelineStateCommand({ name: 'line' }))
          const token = stageStates?.[1]?.actionStates?.[0]?.latestExecution?.token
          return token !== undefined && { token, id: stageStates?.[1]?.latestExecution?.pipelineExecutionId }
        })
        await approve('line', next.token)
        released.push(next.id)
      }
      expect(released).toEqual(order)
      expect(new Set((await executionsOf('line')).map(({ status }) => status))).toEqual(new Set(['Succeeded']))
    })
  },
)
