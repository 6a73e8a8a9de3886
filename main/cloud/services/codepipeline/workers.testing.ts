import {
  CreateCustomActionTypeCommand,
  type CreateCustomActionTypeInput,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  type Job,
  ListActionExecutionsCommand,
  type PipelineDeclaration,
  PollForJobsCommand,
} from '@aws-sdk/client-codepipeline'
import { vi } from 'vitest'
import { type TestCodePipeline, webShop } from './codepipeline.testing.ts'

/** A deployment tool of the account's own: one queryable property, one secret. */
export const shipIt = (change: Partial<CreateCustomActionTypeInput> = {}): CreateCustomActionTypeInput => ({
  category: 'Deploy',
  provider: 'ShipIt',
  version: '1',
  settings: {
    entityUrlTemplate: 'https://ship.example/{Config:Target}',
    executionUrlTemplate: 'https://ship.example/{Config:Target}/runs/{ExternalExecutionId}',
  },
  configurationProperties: [
    { name: 'Target', required: true, key: true, secret: false, queryable: true },
    { name: 'Password', required: true, key: false, secret: true },
    { name: 'Note', required: false, key: false, secret: false },
  ],
  inputArtifactDetails: { minimumCount: 1, maximumCount: 1 },
  outputArtifactDetails: { minimumCount: 0, maximumCount: 1 },
  ...change,
})

/** A pipeline whose second stage ships what the first has checked out. */
export function shipping(role: string, name: string, target: string): PipelineDeclaration {
  const shop = webShop(role, { name })
  const [source] = shop.stages ?? []
  return {
    ...shop,
    stages: [
      ...(source ? [source] : []),
      {
        name: 'Ship',
        actions: [
          {
            name: 'Ship',
            actionTypeId: { category: 'Deploy', owner: 'Custom', provider: 'ShipIt', version: '1' },
            configuration: { Target: target, Password: 'opensesame' },
            inputArtifacts: [{ name: 'Source' }],
            outputArtifacts: [{ name: 'Receipt' }],
            namespace: 'Ship',
          },
        ],
      },
    ],
  }
}

/** What the tests of job workers do over and over. */
export function workshop(cloud: TestCodePipeline) {
  const actionTypeId = { category: 'Deploy', owner: 'Custom', provider: 'ShipIt', version: '1' } as const
  const poll = async (target: string, maxBatchSize = 10) => {
    const asked = { actionTypeId, maxBatchSize, queryParam: { Target: target } }
    return (await cloud.client.send(new PollForJobsCommand(asked))).jobs ?? []
  }
  return {
    actionTypeId,
    define: (change?: Partial<CreateCustomActionTypeInput>) =>
      cloud.client.send(new CreateCustomActionTypeCommand(shipIt(change))),
    create: (role: string, name: string, target = name) =>
      cloud.client.send(new CreatePipelineCommand({ pipeline: shipping(role, name, target) })),
    poll,
    /** Polls until there is a job. */
    job: (target: string): Promise<Job> => vi.waitUntil(async () => (await poll(target))[0]),
    async state(name: string) {
      const { stageStates = [] } = await cloud.client.send(new GetPipelineStateCommand({ name }))
      return stageStates[1]?.actionStates?.[0]
    },
    async attempt(pipelineName: string) {
      const { actionExecutionDetails = [] } = await cloud.client.send(new ListActionExecutionsCommand({ pipelineName }))
      return actionExecutionDetails.find(({ actionName }) => actionName === 'Ship')
    },
  }
}
