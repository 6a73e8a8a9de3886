import type { Clock } from '../base/clock.ts'
import type { Failure } from '../base/failure.ts'
import { type ArtifactSizes, artifactSizes } from './artifactSizes.ts'
import type { At } from './ask.ts'
import { judge } from './awsFailure.ts'
import type { BucketLimits } from './bucket.ts'
import { type BuildRecords, buildRecords } from './buildRecords.ts'
import { createCallBudget } from './callBudget.ts'
import { type Access, createClients } from './clients.ts'
import { type CloudTrail, cloudTrail } from './cloudTrail.ts'
import { type CloudWatch, cloudWatch } from './cloudWatch.ts'
import { type CodeBuild, codeBuild } from './codeBuild.ts'
import { type CodeCommit, codeCommit } from './codeCommit.ts'
import { type CodePipeline, codePipeline } from './codePipeline.ts'
import { type CodePipelineWrites, codePipelineWrites } from './codePipelineWrites.ts'
import { createDoor, type Denial } from './door.ts'
import { type Iam, iam } from './iam.ts'
import { type Logs, logs } from './logs.ts'
import { createMeter, type Meter } from './meter.ts'
import { type Organizations, organizations } from './organizations.ts'
import { type PipelineHistory, pipelineHistory } from './pipelineHistory.ts'
import { createPortalDoor } from './portalDoor.ts'
import { type Pricing, pricing } from './pricing.ts'
import { type S3, s3 } from './s3.ts'
import { type Sqs, sqs } from './sqs.ts'
import { type Sso, sso } from './sso.ts'
import { type SsoOidc, ssoOidc } from './ssoOidc.ts'
import { type Sts, sts } from './sts.ts'
import { type TrailFiles, trailFiles } from './trailFiles.ts'

/** The only door to AWS. */
export interface Aws {
  /** From now on the account can be asked; replaces what was known of it. */
  admit(account: string, access: Access): void
  dismiss(account: string): void
  /** Where an admitted account's services answer, if not at AWS's own addresses. */
  endpointOf(account: string): string | undefined
  /** The address of a bucket's website. */
  website(at: At, bucket: string): string
  /** Told of each answer that says that an account's credentials no longer serve. */
  onSessionFailure(listener: (account: string, failure: Failure) => void): void
  /** Told of each answer that says that an account's credentials may not do something. */
  onDenial(listener: (account: string, denial: Denial) => void): void
  /** Calls per second that the budget has now for an API, e.g. `codepipeline:GetPipelineState`. */
  rateOf(at: At, api: string): number
  codePipeline: CodePipeline
  writes: CodePipelineWrites
  codeBuild: CodeBuild
  /** The past, for figures and money. */
  history: PipelineHistory
  builds: BuildRecords
  artifacts: ArtifactSizes
  cloudTrail: CloudTrail
  trailFiles: TrailFiles
  cloudWatch: CloudWatch
  pricing: Pricing
  codeCommit: CodeCommit
  logs: Logs
  s3: S3
  sqs: Sqs
  sts: Sts
  iam: Iam
  organizations: Organizations
  /** The access portal of IAM Identity Center, and its sign-in. */
  sso: Sso
  ssoOidc: SsoOidc
  meter: Meter
  /** Rejects what waits and closes every connection. */
  stop(): void
}

export interface AwsOptions {
  clock: Clock
  /** In [0, 1). */
  random: () => number
  limits?: (api: string) => BucketLimits
}

export function createAws({ clock, random, limits }: AwsOptions): Aws {
  const clients = createClients()
  const budget = createCallBudget({ clock, random, judge, ...(limits && { limits }) })
  const listeners = new Set<(account: string, failure: Failure) => void>()
  const denialListeners = new Set<(account: string, denial: Denial) => void>()
  const door = createDoor(clients, budget, {
    onSessionFailure(account, failure) {
      for (const listener of listeners) listener(account, failure)
    },
    onDenial(account, denial) {
      for (const listener of denialListeners) listener(account, denial)
    },
  })
  const portalDoor = createPortalDoor(budget)
  return {
    admit: clients.admit,
    dismiss: clients.dismiss,
    endpointOf: account => clients.known(account)?.endpoint,
    website: (at, bucket) => clients.access(at).website(bucket, at.region),
    onSessionFailure: listener => void listeners.add(listener),
    onDenial: listener => void denialListeners.add(listener),
    rateOf: (at, api) => budget.rateOf(at, api),
    codePipeline: codePipeline(door),
    writes: codePipelineWrites(door),
    codeBuild: codeBuild(door),
    history: pipelineHistory(door),
    builds: buildRecords(door),
    artifacts: artifactSizes(door),
    cloudTrail: cloudTrail(door),
    trailFiles: trailFiles(door),
    cloudWatch: cloudWatch(door),
    pricing: pricing(door),
    codeCommit: codeCommit(door),
    logs: logs(door),
    s3: s3(door),
    sqs: sqs(door),
    sts: sts(door),
    iam: iam(door),
    organizations: organizations(door),
    sso: sso(portalDoor),
    ssoOidc: ssoOidc(portalDoor),
    meter: createMeter(budget, clock),
    stop() {
      budget.stop()
      clients.stop()
      portalDoor.stop()
    },
  }
}
