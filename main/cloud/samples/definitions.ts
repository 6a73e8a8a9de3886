import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import { artifactBucket, deployRole, pipelineRole, roleArn } from './foundations.ts'
import type { Place, World } from './world.ts'

const artifact = (name: string | undefined) => (name === undefined ? [] : [{ name }])

const commitsOf = (RepositoryName: string): ActionDeclaration => ({
  name: 'App',
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
  configuration: { RepositoryName, BranchName: 'main' },
  outputArtifacts: [{ name: 'App' }],
  namespace: 'Source',
})

const build = (
  name: string,
  ProjectName: string,
  options: { category?: 'Build' | 'Test'; output?: string; runOrder?: number; also?: string; namespace?: string } = {},
): ActionDeclaration => ({
  name,
  actionTypeId: { category: options.category ?? 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  runOrder: options.runOrder ?? 1,
  configuration: { ProjectName, ...(options.also !== undefined && { PrimarySource: 'App' }) },
  inputArtifacts: [{ name: 'App' }, ...artifact(options.also)],
  outputArtifacts: artifact(options.output),
  ...(options.namespace !== undefined && { namespace: options.namespace }),
})

const publish = (
  BucketName: string,
  input: string,
  options: { runOrder?: number; roleArn?: string } = {},
): ActionDeclaration => ({
  name: 'Publish',
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
  runOrder: options.runOrder ?? 1,
  configuration: { BucketName, Extract: 'true' },
  inputArtifacts: [{ name: input }],
  ...(options.roleArn !== undefined && { roleArn: options.roleArn }),
})

const approve = (CustomData: string): ActionDeclaration => ({
  name: 'Approve',
  actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
  runOrder: 1,
  configuration: { CustomData },
})

const stage = (name: string, ...actions: ActionDeclaration[]): StageDeclaration => ({ name, actions })

function pipeline(
  world: World,
  place: Place,
  region: string,
  name: string,
  stages: StageDeclaration[],
  more: Partial<PipelineDeclaration> = {},
): PipelineDeclaration {
  return {
    name,
    pipelineType: 'V2',
    executionMode: 'SUPERSEDED',
    roleArn: roleArn(world, place, pipelineRole),
    artifactStore: { type: 'S3', location: artifactBucket(world, place, region) },
    stages,
    ...more,
  }
}

/** The web shop: built and tested in tooling, published to staging, and after an approval to production. */
export const webShop = (world: World) =>
  pipeline(world, 'tooling', 'us-east-1', 'web-shop', [
    stage('Source', commitsOf('web-shop')),
    stage('Build', build('Site', 'web-shop-site', { output: 'Site', namespace: 'Build' })),
    stage(
      'Test',
      build('Unit', 'web-shop-unit', { category: 'Test' }),
      build('Links', 'web-shop-links', { category: 'Test' }),
    ),
    stage('Staging', publish('web-shop-staging', 'Site', { roleArn: roleArn(world, 'staging', deployRole) })),
    stage(
      'Production',
      approve('Release #{Build.SHOP_VERSION} (#{Source.CommitMessage}) to all customers'),
      publish('web-shop-production', 'Site', { runOrder: 2, roleArn: roleArn(world, 'production', deployRole) }),
    ),
  ])

/** The same shop for Europe: no approval, but a smoke test after publishing, and back to the last good one when it fails. */
export const webShopEurope = (world: World) =>
  pipeline(world, 'tooling', 'eu-west-1', 'web-shop-europe', [
    stage('Source', commitsOf('web-shop-europe')),
    stage('Build', build('Site', 'web-shop-site', { output: 'Site', namespace: 'Build' })),
    {
      ...stage(
        'Production',
        publish('web-shop-europe', 'Site', { roleArn: roleArn(world, 'production', deployRole) }),
        build('Smoke', 'web-shop-smoke', { category: 'Test', runOrder: 2, also: 'Site' }),
      ),
      onFailure: { result: 'ROLLBACK' },
    },
  ])

/** A V1 pipeline with an S3 source. */
export const shopGuide = (world: World) =>
  pipeline(
    world,
    'tooling',
    'us-east-1',
    'shop-guide',
    [
      stage('Source', {
        name: 'Guide',
        actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
        configuration: { S3Bucket: 'shop-guide-source', S3ObjectKey: 'guide.zip' },
        outputArtifacts: [{ name: 'Guide' }],
      }),
      stage('Publish', publish('shop-guide', 'Guide')),
    ],
    { pipelineType: 'V1' },
  )

export const payments = (world: World) =>
  pipeline(world, 'staging', 'us-east-1', 'payments', [
    stage('Source', commitsOf('payments')),
    stage('Build', build('Bundle', 'payments-bundle', { output: 'Bundle' })),
    stage(
      'Test',
      build('Unit', 'payments-unit', { category: 'Test' }),
      build('Integration', 'payments-integration', { category: 'Test' }),
    ),
    stage('Release', approve('Payments #{Source.CommitId}'), publish('payments-releases', 'Bundle', { runOrder: 2 })),
  ])

/** As somebody in a hurry left it for a while. */
export function paymentsWithoutApproval(world: World): PipelineDeclaration {
  const declaration = payments(world)
  const withoutApproval = (actions: ActionDeclaration[] = []) =>
    actions.filter(({ actionTypeId }) => actionTypeId?.category !== 'Approval')
  return {
    ...declaration,
    stages: (declaration.stages ?? []).map(each => ({ ...each, actions: withoutApproval(each.actions) })),
  }
}

export const paymentsEurope = (world: World) =>
  pipeline(world, 'staging', 'eu-west-1', 'payments-europe', [
    stage('Source', commitsOf('payments-europe')),
    stage('Build', build('Bundle', 'payments-bundle', { output: 'Bundle' })),
    stage('Release', publish('payments-releases-europe', 'Bundle')),
  ])

/** `payments-load` and `payments-soak`: one long test. */
export const paymentsLoad = (world: World, name: string) =>
  pipeline(world, 'staging', 'us-east-1', name, [
    stage('Source', commitsOf('payments')),
    stage('Load', build('Load', 'payments-load', { category: 'Test' })),
  ])

export const infrastructure = (world: World) =>
  pipeline(world, 'production', 'us-east-1', 'infrastructure', [
    stage('Source', commitsOf('infrastructure')),
    stage('Validate', build('Templates', 'infrastructure-templates', { output: 'Templates' })),
    stage('Staging', publish('infrastructure-staging', 'Templates')),
    stage('Production', publish('infrastructure-production', 'Templates')),
  ])

/** `ports` is the project that looks for open ports: a quick one at first, later one that looks at each template alone. */
export const infrastructureEurope = (world: World, ports: string) =>
  pipeline(
    world,
    'production',
    'eu-west-1',
    'infrastructure-europe',
    [
      stage('Source', commitsOf('infrastructure-europe')),
      stage(
        'Validate',
        build('Templates', 'infrastructure-templates', { output: 'Templates' }),
        build('Ports', ports, { category: 'Test', runOrder: 2 }),
      ),
      stage('Production', publish('infrastructure-europe', 'Templates')),
    ],
    { executionMode: 'QUEUED' },
  )
