import { ListBuildsForProjectCommand, StopBuildCommand } from '@aws-sdk/client-codebuild'
import { StopPipelineExecutionCommand, UpdatePipelineCommand } from '@aws-sdk/client-codepipeline'
import * as definitions from './definitions.ts'
import { createBucket, createProject } from './foundations.ts'
import { openRepository } from './gitWork.ts'
import { type Chapter, chloe, create, decide, dmitri } from './telling.ts'
import { actionUnderway, execution } from './waiting.ts'

/** An approval taken out and put back, a test that fails, an execution that was stopped, and one that runs on. */
export const payments: Chapter = {
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

/** A build that fails. */
export const paymentsEurope: Chapter = {
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
