import { CodePipelineClient, type PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { S3Client } from '@aws-sdk/client-s3'
import type { AlarmState } from '../../providers/rules/cloudWatchAlarm.ts'
import { production, startEndpoint, type TestUser, type TestWorld, tooling } from '../endpoint.testing.ts'
import { systemSecrets } from '../iam/names.ts'
import { s3Protocol } from '../s3/protocol.ts'
import { createS3 } from '../s3/s3.ts'
import { accessOf } from '../sts/issueCredentials.ts'
import { createCodePipeline } from './index.ts'
import { buildsStandIn, functionsStandIn, noConnection, repositoryStandIn, topicsStandIn } from './standIns.testing.ts'

export { production, tooling } from '../endpoint.testing.ts'

/** CodePipeline behind the cloud's real listener, signatures, IAM and S3, driven by the real SDK. */
export async function startCodePipeline() {
  const made: {
    repository?: ReturnType<typeof repositoryStandIn>
    functions?: ReturnType<typeof functionsStandIn>
    restart?: () => Promise<void>
    stop?: () => Promise<void>
    world?: TestWorld
    address?: string
  } = {}
  const building = buildsStandIn()
  const notices = topicsStandIn()
  const alarms = new Map<string, AlarmState>()
  const errors: unknown[] = []
  const endpoint = await startEndpoint(async world => {
    const s3 = await createS3(world)
    const repository = repositoryStandIn(world)
    const functions = functionsStandIn(world)
    made.functions = functions
    const create = () =>
      createCodePipeline({
        ...world,
        objects: s3.objects,
        repositories: repository.repositories,
        builds: building.builds,
        functions: functions.functions,
        connections: { find: () => undefined, use: (_as, arn) => noConnection(arn) },
        topics: notices.topics,
        alarmState: (_account, _region, name) => alarms.get(name),
        access: (caller, seconds) => accessOf({ ...world, secrets: systemSecrets }, caller, seconds),
        endpoint: () => made.address ?? '',
        onError: error => errors.push(error),
      })
    let codePipeline = create()
    codePipeline.start()
    const service = { ...codePipeline.service }
    made.world = world
    made.repository = repository
    made.stop = () => codePipeline.stop()
    made.restart = async () => {
      await codePipeline.stop()
      codePipeline = create()
      codePipeline.start()
      service.lends = codePipeline.service.lends
    }
    return { services: [s3.service, service], rest: [s3Protocol], mounts: [request => codePipeline.webhooks(request)] }
  })
  const { world, repository } = made
  made.address = endpoint.endpoint
  if (!world || !repository) throw new Error('CodePipeline was not made')

  const clients: { destroy(): void }[] = []
  const clientFor = (user: TestUser, region = 'us-east-1') => {
    const client = new CodePipelineClient({
      endpoint: endpoint.endpoint,
      region,
      credentials: user.credentials,
      maxAttempts: 1,
    })
    clients.push(client)
    return client
  }
  const s3For = (user: { credentials: TestUser['credentials'] & { sessionToken?: string } }) => {
    const client = new S3Client({
      endpoint: endpoint.endpoint,
      region: 'us-east-1',
      credentials: user.credentials,
      forcePathStyle: true,
      maxAttempts: 1,
    })
    clients.push(client)
    return client
  }
  /** A role that `principal` may take on, with one policy. */
  const addRole = (account: string, name: string, principal: object, policy: object) => {
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
    }
    world.store.addRole({
      account,
      name,
      id: systemSecrets.uniqueId('AROA'),
      path: '/',
      created: 0,
      trust: JSON.stringify(trust),
      description: null,
      maxSession: 3600,
    })
    world.store.putInline({ account, kind: 'role', name }, 'only', JSON.stringify(policy))
    return `arn:aws:iam::${account}:role/${name}`
  }
  const [ann, pat] = [endpoint.addUser(tooling, 'ann'), endpoint.addUser(production, 'pat')]
  return {
    ...endpoint,
    ...building,
    alarms,
    published: notices.published,
    /** The jobs that functions were told of. */
    told: made.functions?.told ?? [],
    errors,
    push: repository.push,
    bus: world.bus,
    database: world.database,
    addRole,
    clientFor,
    ann,
    pat,
    client: clientFor(ann),
    s3For,
    s3: s3For(ann),
    productionS3: s3For(pat),
    /** What a new process over the same data does. */
    restart: async () => made.restart?.(),
    async stop() {
      for (const client of clients) client.destroy()
      await made.stop?.()
      await endpoint.stop()
      if (errors.length > 0) throw new AggregateError(errors, 'Something went wrong with nobody there to be answered')
    },
  }
}

export type TestCodePipeline = Awaited<ReturnType<typeof startCodePipeline>>

export const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

/** Source from CodeCommit, then build, approval and deployment to S3. */
export const webShop = (roleArn: string, change: Partial<PipelineDeclaration> = {}): PipelineDeclaration => ({
  name: 'shop',
  roleArn,
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Checkout',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
          configuration: { RepositoryName: 'web', BranchName: 'main' },
          outputArtifacts: [{ name: 'Source' }],
          namespace: 'Checkout',
        },
      ],
    },
    {
      name: 'Release',
      actions: [
        {
          name: 'Build',
          actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
          configuration: {
            ProjectName: 'web',
            EnvironmentVariables: '[{"name":"COMMIT","value":"#{Checkout.CommitId}"}]',
          },
          inputArtifacts: [{ name: 'Source' }],
          outputArtifacts: [{ name: 'Site' }],
        },
        {
          name: 'Approve',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
          runOrder: 2,
        },
        {
          name: 'Deploy',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
          configuration: { BucketName: 'site', Extract: 'true', ObjectKey: 'www' },
          inputArtifacts: [{ name: 'Source' }],
          runOrder: 3,
        },
      ],
    },
  ],
  ...change,
})
