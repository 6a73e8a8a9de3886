import { PutObjectCommand } from '@aws-sdk/client-s3'
import * as definitions from './definitions.ts'
import { createBucket, createProject, createSite } from './foundations.ts'
import { openRepository } from './gitWork.ts'
import { guideArchive } from './guide.ts'
import { ann, ben, type Chapter, chloe, create, decide, ended } from './telling.ts'
import { execution, waitingToken } from './waiting.ts'

/** The shop: it deploys to two accounts, and an approval waits. */
export const webShop: Chapter = {
  name: 'web-shop',
  place: 'tooling',
  region: 'us-east-1',
  // Links to other people's sites: they don't always answer.
  past: { flaky: { action: 'Links', fails: 0.15 } },
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

/** Its European sister, which rolls back by itself. */
export const webShopEurope: Chapter = {
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

/** Its guide, whose source is an object in a bucket. */
export const shopGuide: Chapter = {
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
