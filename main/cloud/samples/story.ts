import { ListBuildsForProjectCommand, StopBuildCommand } from '@aws-sdk/client-codebuild'
import {
  CreatePipelineCommand,
  DisableStageTransitionCommand,
  type PipelineDeclaration,
  PutApprovalResultCommand,
  type PutApprovalResultInput,
  StopPipelineExecutionCommand,
  UpdatePipelineCommand,
} from '@aws-sdk/client-codepipeline'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import * as definitions from './definitions.ts'
import { ensure } from './ensure.ts'
import { createBucket, createProject, createSite } from './foundations.ts'
import { type Author, openRepository } from './gitWork.ts'
import { guideArchive } from './guide.ts'
import { actionUnderway, execution, waitingToken } from './waiting.ts'
import type { Place, World } from './world.ts'

const ann: Author = { name: 'Ann Keller', email: 'ann@example.com' }
const ben: Author = { name: 'Ben Okafor', email: 'ben@example.com' }
const chloe: Author = { name: 'Chloé Martin', email: 'chloe@example.com' }
const dmitri: Author = { name: 'Dmitri Sokolov', email: 'dmitri@example.com' }

/** Does a step of a chapter that must not be done again, unless it was done before an interruption. */
export type Once = (step: string, work: () => Promise<unknown>) => Promise<void>

/** One pipeline's way into the state that it is meant to show. All of it by really executing. */
export interface Chapter {
  /** The pipeline's own name. */
  name: string
  place: Place
  region: string
  tell(world: World, once: Once): Promise<void>
}

async function create(world: World, place: Place, region: string, pipeline: PipelineDeclaration) {
  const client = world.clients(place, region).pipelines
  await ensure(
    client.send(
      new CreatePipelineCommand({
        pipeline,
        tags: [{ key: 'application', value: pipeline.name?.split('-').slice(0, 2).join('-') ?? '' }],
      }),
    ),
  )
  return client
}

async function decide(world: World, place: Place, decision: Omit<PutApprovalResultInput, 'token'>, person: string) {
  const { pipelineName = '', stageName = '', actionName = '' } = decision
  const token = await waitingToken(
    world.clients(place, 'us-east-1').pipelines,
    pipelineName,
    stageName,
    actionName,
    world.cloud.signal,
  )
  const manager = await world.as(place, 'us-east-1', 'ReleaseManager', person)
  await manager.send(new PutApprovalResultCommand({ ...decision, token }))
}

const ended = (status: string | undefined) => status !== undefined && status !== 'InProgress' && status !== 'Stopping'

const webShop: Chapter = {
  name: 'web-shop',
  place: 'tooling',
  region: 'us-east-1',
  async tell(world, once) {
    const { signal } = world.cloud
    await createSite(world, 'staging', 'us-east-1', 'web-shop-staging')
    await createSite(world, 'production', 'us-east-1', 'web-shop-production')
    await createProject(world, 'tooling', 'us-east-1', 'web-shop-site', 'buildspec.yml')
    await createProject(world, 'tooling', 'us-east-1', 'web-shop-unit', 'buildspec-test.yml')
    await createProject(world, 'tooling', 'us-east-1', 'web-shop-links', 'buildspec-links.yml')
    const repository = await openRepository(world, 'tooling', 'us-east-1', 'web-shop', 'web-shop', ann)
    const client = await create(world, 'tooling', 'us-east-1', definitions.webShop(world))
    const decision = { pipelineName: 'web-shop', stageName: 'Production', actionName: 'Approve' }
    await once('approved', async () => {
      await decide(
        world,
        'tooling',
        { ...decision, result: { status: 'Approved', summary: 'First release, checked on staging' } },
        'maria.lindt',
      )
      await execution(client, 'web-shop', signal, ({ status }) => status === 'Succeeded')
    })
    await repository.push({
      message: 'Say when delivery is free, in the headline',
      author: ben,
      file: 'src/settings.json',
      from: 'Good things for small kitchens',
      to: 'Good things for small kitchens, delivered free from 40 euros',
    })
    await waitingToken(client, 'web-shop', 'Production', 'Approve', signal)
  },
}

const webShopEurope: Chapter = {
  name: 'web-shop-europe',
  place: 'tooling',
  region: 'eu-west-1',
  async tell(world) {
    const { signal } = world.cloud
    await createSite(world, 'production', 'eu-west-1', 'web-shop-europe')
    const site =
      'version: 0.2\nenv:\n  exported-variables: [SHOP_VERSION]\nphases:\n  build:\n    commands:\n      - export SHOP_VERSION="${CODEBUILD_RESOLVED_SOURCE_VERSION:0:7}"\n      - node build.mjs\nartifacts:\n  base-directory: dist\n  files: ["**/*"]\n'
    const smoke = 'version: 0.2\nphases:\n  build:\n    commands:\n      - node check.mjs "$CODEBUILD_SRC_DIR_Site"\n'
    await createProject(world, 'tooling', 'eu-west-1', 'web-shop-site', site)
    await createProject(world, 'tooling', 'eu-west-1', 'web-shop-smoke', smoke)
    const repository = await openRepository(world, 'tooling', 'eu-west-1', 'web-shop-europe', 'web-shop', ann)
    const client = await create(world, 'tooling', 'eu-west-1', definitions.webShopEurope(world))
    await execution(client, 'web-shop-europe', signal, ({ status }) => status === 'Succeeded')
    await repository.push({
      message: 'Move the styles into a folder',
      author: chloe,
      file: 'src/page.mjs',
      from: 'href="style.css"',
      to: 'href="styles/style.css"',
    })
    await execution(
      client,
      'web-shop-europe',
      signal,
      ({ status, executionType }) => executionType === 'ROLLBACK' && ended(status),
    )
  },
}

const shopGuide: Chapter = {
  name: 'shop-guide',
  place: 'tooling',
  region: 'us-east-1',
  async tell(world) {
    await createBucket(world, 'tooling', 'us-east-1', 'shop-guide-source')
    await createSite(world, 'tooling', 'us-east-1', 'shop-guide')
    const put = new PutObjectCommand({
      Bucket: 'shop-guide-source',
      Key: 'guide.zip',
      Body: await guideArchive(),
      Metadata: { 'codepipeline-artifact-revision-summary': 'Explain how to season a pan' },
    })
    await world.clients('tooling', 'us-east-1').objects.send(put)
    const client = await create(world, 'tooling', 'us-east-1', definitions.shopGuide(world))
    await execution(client, 'shop-guide', world.cloud.signal, ({ status }) => status === 'Succeeded')
  },
}

const payments: Chapter = {
  name: 'payments',
  place: 'staging',
  region: 'us-east-1',
  async tell(world, once) {
    const { signal } = world.cloud
    await createBucket(world, 'staging', 'us-east-1', 'payments-releases')
    await createProject(world, 'staging', 'us-east-1', 'payments-bundle', 'buildspec.yml')
    await createProject(world, 'staging', 'us-east-1', 'payments-unit', 'buildspec-unit.yml')
    await createProject(world, 'staging', 'us-east-1', 'payments-integration', 'buildspec-integration.yml')
    await createProject(world, 'staging', 'us-east-1', 'payments-load', 'buildspec-load.yml', { LOAD_MINUTES: '30' })
    const repository = await openRepository(world, 'staging', 'us-east-1', 'payments', 'payments', dmitri)
    const client = await create(world, 'staging', 'us-east-1', definitions.payments(world))
    const decision = { pipelineName: 'payments', stageName: 'Release', actionName: 'Approve' }
    await once('approved', async () => {
      await decide(
        world,
        'staging',
        { ...decision, result: { status: 'Approved', summary: 'Gateway contract agreed' } },
        'omar.haddad',
      )
      await execution(client, 'payments', signal, ({ status }) => status === 'Succeeded')
    })
    // Between two executions, so that neither is cancelled by it.
    await once('edited', async () => {
      const editor = await world.as('staging', 'us-east-1', 'Admin', 'nina.roth')
      await editor.send(new UpdatePipelineCommand({ pipeline: definitions.paymentsWithoutApproval(world) }))
      const manager = await world.as('staging', 'us-east-1', 'Admin', 'omar.haddad')
      await manager.send(new UpdatePipelineCommand({ pipeline: definitions.payments(world) }))
    })
    await repository.push({
      message: 'Treat a repeated capture as an error',
      author: dmitri,
      file: 'src/capture.mjs',
      from: 'if (answer.status === 200 || answer.status === 409) return',
      to: 'if (answer.status === 200) return',
    })
    await execution(client, 'payments', signal, ({ status }) => status === 'Failed')

    // These two share its repository, and come after its pushes so that those do not start them again.
    await once('stopped', async () => {
      const soak = await create(world, 'staging', 'us-east-1', definitions.paymentsLoad(world, 'payments-soak'))
      const { pipelineExecutionId } = await actionUnderway(soak, 'payments-soak', 'Load', signal)
      const operator = await world.as('staging', 'us-east-1', 'Operator', 'lena.fischer')
      await operator.send(
        new StopPipelineExecutionCommand({
          pipelineName: 'payments-soak',
          pipelineExecutionId,
          abandon: true,
          reason: 'Wrong gateway configured',
        }),
      )
      await execution(soak, 'payments-soak', signal, ({ status }) => status === 'Stopped')
      // Abandoning leaves the build alone, as in AWS; whoever means it ends it too.
      const { builds } = world.clients('staging', 'us-east-1')
      const { ids = [] } = await builds.send(new ListBuildsForProjectCommand({ projectName: 'payments-load' }))
      for (const id of ids) await builds.send(new StopBuildCommand({ id }))
    })
    await create(world, 'staging', 'us-east-1', definitions.paymentsLoad(world, 'payments-load'))
  },
}

const paymentsEurope: Chapter = {
  name: 'payments-europe',
  place: 'staging',
  region: 'eu-west-1',
  async tell(world) {
    const { signal } = world.cloud
    await createBucket(world, 'staging', 'eu-west-1', 'payments-releases-europe')
    await createProject(world, 'staging', 'eu-west-1', 'payments-bundle', 'buildspec.yml')
    const repository = await openRepository(world, 'staging', 'eu-west-1', 'payments-europe', 'payments', dmitri)
    const client = await create(world, 'staging', 'eu-west-1', definitions.paymentsEurope(world))
    await execution(client, 'payments-europe', signal, ({ status }) => status === 'Succeeded')
    await repository.push({
      message: 'Round the fee up',
      author: chloe,
      file: 'src/fees.mjs',
      from: 'return Math.round(cents * 0.014) + 25',
      to: 'return Math.ceil(cents * 0.014 + 25',
    })
    await execution(client, 'payments-europe', signal, ({ status }) => status === 'Failed')
  },
}

const infrastructure: Chapter = {
  name: 'infrastructure',
  place: 'production',
  region: 'us-east-1',
  async tell(world) {
    const { signal } = world.cloud
    await createBucket(world, 'production', 'us-east-1', 'infrastructure-staging')
    await createBucket(world, 'production', 'us-east-1', 'infrastructure-production')
    await createProject(world, 'production', 'us-east-1', 'infrastructure-templates', 'buildspec.yml')
    const repository = await openRepository(world, 'production', 'us-east-1', 'infrastructure', 'infrastructure', ben)
    const client = await create(world, 'production', 'us-east-1', definitions.infrastructure(world))
    const first = await execution(client, 'infrastructure', signal, ({ status }) => status === 'Succeeded')
    const operator = await world.as('production', 'us-east-1', 'Operator', 'lena.fischer')
    await operator.send(
      new DisableStageTransitionCommand({
        pipelineName: 'infrastructure',
        stageName: 'Production',
        transitionType: 'Inbound',
        reason: 'Release freeze until Monday (lena)',
      }),
    )
    const waits = (previous: string | undefined) =>
      execution(
        client,
        'infrastructure',
        signal,
        ({ pipelineExecutionId, sourceRevisions = [] }) =>
          pipelineExecutionId !== previous && sourceRevisions.length > 0,
      )
    await repository.push({
      message: 'Keep old versions of pictures',
      author: ben,
      file: 'templates/storage.json',
      from: '"The shop\'s storage"',
      to: '"The shop\'s storage, with versions"',
    })
    await waits(first.pipelineExecutionId)
    await repository.push({
      message: 'Widen the network',
      author: chloe,
      file: 'templates/network.json',
      from: '10.20.0.0/16',
      to: '10.20.0.0/15',
    })
    await execution(client, 'infrastructure', signal, ({ status }) => status === 'Superseded')
  },
}

const infrastructureEurope: Chapter = {
  name: 'infrastructure-europe',
  place: 'production',
  region: 'eu-west-1',
  async tell(world) {
    const { signal } = world.cloud
    await createBucket(world, 'production', 'eu-west-1', 'infrastructure-europe')
    await createProject(world, 'production', 'eu-west-1', 'infrastructure-templates', 'buildspec.yml')
    await createProject(world, 'production', 'eu-west-1', 'infrastructure-ports', 'buildspec-smoke.yml')
    await openRepository(world, 'production', 'eu-west-1', 'infrastructure-europe', 'infrastructure', ben)
    const client = await create(world, 'production', 'eu-west-1', definitions.infrastructureEurope(world))
    await execution(client, 'infrastructure-europe', signal, ({ status }) => status === 'Succeeded')
  },
}

/** In the order in which a newcomer wants to see them. */
export const chapters: readonly Chapter[] = [
  webShop,
  payments,
  infrastructure,
  webShopEurope,
  shopGuide,
  paymentsEurope,
  infrastructureEurope,
]
