import type { Clock } from '../../../../base/clock.ts'
import type { Sandbox } from '../../../machine/sandbox.ts'
import type { Authorize, Caller } from '../../../server/operation.ts'
import type { Repositories } from '../../codecommit/repositories.ts'
import type { LeadsTo } from '../../connections/leadsTo.ts'
import type { Identities } from '../../iam/identities.ts'
import type { LogWriter } from '../../logs/writer.ts'
import type { Objects } from '../../s3/objects.ts'
import type { BuildStore } from '../buildStore.ts'
import type { ReportStore } from '../reportStore.ts'
import type { CloudAccess, SecretStores } from './environment.ts'

/** What a build needs of the cloud. */
export interface RunContext {
  clock: Clock
  identities: Identities
  authorize: Authorize
  objects: Objects
  repositories: Repositories | undefined
  connections: Pick<LeadsTo, 'use'> | undefined
  logs: LogWriter
  builds: BuildStore
  reports: ReportStore
  /** Directory of all builds' directories. */
  directory: string
  sandbox: Sandbox
  stores: SecretStores | undefined
  /** Credentials of the build's role for the tools inside it. */
  access(role: Caller, seconds: number): CloudAccess | undefined
}
