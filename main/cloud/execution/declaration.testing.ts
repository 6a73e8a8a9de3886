import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '@aws-sdk/client-codepipeline'
import { declarationProblems } from './declaration.ts'
import { action, stage } from './story.testing.ts'

/** A sound pipeline of three stages, for tests of what is not sound. */

export const checkout = action('Checkout', {
  type: 'Source/S3',
  configuration: { S3Bucket: 'source', S3ObjectKey: 'app.zip' },
  outputArtifacts: [{ name: 'App' }],
  namespace: 'Src',
})
export const compile = action('Compile', {
  configuration: { ProjectName: 'shop' },
  inputArtifacts: [{ name: 'App' }],
  outputArtifacts: [{ name: 'Built' }],
  namespace: 'Bld',
})
export const release = action('Release', {
  type: 'Deploy/S3',
  configuration: { BucketName: 'site', Extract: 'true' },
  inputArtifacts: [{ name: 'Built' }],
})
export const source = stage('Source', [checkout])
export const build = stage('Build', [compile])
export const deploy = stage('Deploy', [release])
export const shop: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/pipeline',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [source, build, deploy],
}

/** The problems of the shop's declaration with these members, as `Name: sentence`. */
export function problems(more: Partial<PipelineDeclaration> = {}): string[] {
  const declaration = { ...shop, ...more }
  return [...declarationProblems(declaration, { region: 'us-east-1' })].map(
    ({ name, message }) => `${name}: ${message}`,
  )
}

/** A rule in the fact sheet's order, what breaks it, and how that is refused. */
export type Change = Partial<PipelineDeclaration>
export type Case = [rule: string, change: Change, refusal: string]

export const staged = (...stages: StageDeclaration[]): Change => ({ stages })
export const inBuild = (change: Partial<ActionDeclaration>) =>
  staged(source, stage('Build', [{ ...compile, ...change }]), deploy)
export const inStage = (change: Partial<StageDeclaration>) => staged(source, { ...build, ...change }, deploy)
export const refused = {
  structure: 'InvalidStructureException: ',
  stage: 'InvalidStageDeclarationException: ',
  action: 'InvalidActionDeclarationException: ',
}
export type Result = 'FAIL' | 'SKIP' | 'ROLLBACK' | 'RETRY'
export const rule = (provider: string, configuration: Record<string, string> = {}, more: object = {}) => ({
  name: 'check',
  ruleTypeId: { category: 'Rule' as const, provider },
  configuration,
  ...more,
})
export const when = (result: Result | undefined, ...rules: ReturnType<typeof rule>[]) => ({
  conditions: [{ ...(result && { result }), rules }],
})
export const lambda = rule('LambdaInvoke', { FunctionName: 'f' })
