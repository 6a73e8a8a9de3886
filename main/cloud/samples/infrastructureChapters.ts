import { DisableStageTransitionCommand, UpdatePipelineCommand } from '@aws-sdk/client-codepipeline'
import * as definitions from './definitions.ts'
import { createBucket, createProject } from './foundations.ts'
import { openRepository } from './gitWork.ts'
import { ben, type Chapter, chloe, create } from './telling.ts'
import { execution } from './waiting.ts'

/** A frozen production stage: one execution waits before it, another was superseded there. */
export const infrastructure: Chapter = {
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

/** All is well. */
export const infrastructureEurope: Chapter = {
  name: 'infrastructure-europe',
  place: 'production',
  region: 'eu-west-1',
  past: { slower: { action: 'Ports', factor: 3.2, days: 13 } },
  async tell(world, once) {
    const { signal } = world.cloud
    await createBucket(world, 'production', 'eu-west-1', 'infrastructure-europe')
    await createProject(world, 'production', 'eu-west-1', 'infrastructure-templates', 'buildspec.yml')
    await createProject(world, 'production', 'eu-west-1', 'infrastructure-ports', 'buildspec-smoke.yml')
    const each =
      'version: 0.2\nphases:\n  build:\n    commands:\n      - for each in templates/*.json; do mkdir -p "one/$(basename "$each")" && cp "$each" "one/$(basename "$each")/" && node lint.mjs --open-ports "one/$(basename "$each")" || exit 1; done\n'
    await createProject(world, 'production', 'eu-west-1', 'infrastructure-ports-each', each)
    await openRepository(world, 'production', 'eu-west-1', 'infrastructure-europe', 'infrastructure', ben)
    const client = await create(
      world,
      'production',
      'eu-west-1',
      definitions.infrastructureEurope(world, 'infrastructure-ports'),
    )
    await execution(client, 'infrastructure-europe', signal, ({ status }) => status === 'Succeeded')
    // After the execution, so that it is not cancelled by it.
    await once('edited', async () => {
      const editor = await world.as('production', 'eu-west-1', 'Admin', 'omar.haddad')
      const pipeline = definitions.infrastructureEurope(world, 'infrastructure-ports-each')
      await editor.send(new UpdatePipelineCommand({ pipeline }))
    })
  },
}
