import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { type Network, probeSandbox, type Sandbox } from '../../machine/sandbox.ts'
import type { Authorize, Caller, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Repositories } from '../codecommit/repositories.ts'
import type { LeadsTo } from '../connections/leadsTo.ts'
import type { Identities } from '../iam/identities.ts'
import type { LogWriter } from '../logs/writer.ts'
import type { Objects } from '../s3/objects.ts'
import { batchGetBuilds } from './batchGetBuilds.ts'
import { batchGetProjects } from './batchGetProjects.ts'
import { batchGetReportGroups } from './batchGetReportGroups.ts'
import { batchGetReports } from './batchGetReports.ts'
import { type BuildStore, buildStore } from './buildStore.ts'
import { type Builds, createBuilds } from './builds.ts'
import { createProject } from './createProject.ts'
import { deleteProject } from './deleteProject.ts'
import { describeTestCases } from './describeTestCases.ts'
import { pipelineBuilds } from './forPipelines.ts'
import { listBuilds } from './listBuilds.ts'
import { listBuildsForProject } from './listBuildsForProject.ts'
import { listProjects } from './listProjects.ts'
import { listReportGroups } from './listReportGroups.ts'
import { listReportsForReportGroup } from './listReportsForReportGroup.ts'
import type { PipelineBuilds } from './pipelineBuilds.ts'
import { type ProjectStore, projectStore } from './projectStore.ts'
import { type ReportStore, reportStore } from './reportStore.ts'
import { retryBuild } from './retryBuild.ts'
import type { RunContext } from './runner/context.ts'
import type { CloudAccess, SecretStores } from './runner/environment.ts'
import { migrateCodeBuild } from './schema.ts'
import { startBuild } from './startBuild.ts'
import { stopBuild } from './stopBuild.ts'
import { updateProject } from './updateProject.ts'

/** What the service lends its operations. */
export interface CodeBuild {
  projects: ProjectStore
  builds: BuildStore
  reports: ReportStore
  queue: Builds
  identities: Identities
  clock: Clock
}

export interface CodeBuildOptions {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  identities: Identities
  authorize: Authorize
  objects: Objects
  /** For projects whose source is CodeCommit; CodePipeline's builds need none. */
  repositories?: Repositories
  /** For full clones of sources behind a connection. */
  connections?: Pick<LeadsTo, 'use'>
  logs: LogWriter
  /** The cloud's data directory; builds live in `builds` below it while they run. */
  data: string
  log: { warn(detail: object, message: string): void }
  /** What builds reach: see {@link Network}. */
  network?: Network
  /** Builds that run at once; twice the cores where it is not said. */
  concurrency?: number
  /** Temporary credentials of a build's role, and the cloud's endpoint, for the tools inside the build. */
  access?: (role: Caller, seconds: number) => CloudAccess
  stores?: SecretStores
  /** How builds are walled off, where it is not found out by trying. */
  sandbox?: Sandbox
}

const operations = {
  BatchGetBuilds: batchGetBuilds,
  BatchGetProjects: batchGetProjects,
  BatchGetReportGroups: batchGetReportGroups,
  BatchGetReports: batchGetReports,
  CreateProject: createProject,
  DeleteProject: deleteProject,
  DescribeTestCases: describeTestCases,
  ListBuilds: listBuilds,
  ListBuildsForProject: listBuildsForProject,
  ListProjects: listProjects,
  ListReportGroups: listReportGroups,
  ListReportsForReportGroup: listReportsForReportGroup,
  RetryBuild: retryBuild,
  StartBuild: startBuild,
  StopBuild: stopBuild,
  UpdateProject: updateProject,
}

/** CodeBuild, and how CodePipeline uses it. Builds run between `start` and `stop`. */
export function createCodeBuild(options: CodeBuildOptions): {
  service: Service<CodeBuild>
  builds: PipelineBuilds
  start(): Promise<void>
  stop(): Promise<void>
} {
  const { database, clock, bus, identities, network = 'machine' } = options
  migrateCodeBuild(database)
  const builds = buildStore(database)
  const reports = reportStore(database)
  let context: RunContext | undefined
  const queue = createBuilds({
    store: builds,
    clock,
    bus,
    limit: options.concurrency ?? availableParallelism() * 2,
    context() {
      if (!context) throw new Error('CodeBuild has not been started')
      return context
    },
    onError: error => options.log.warn({ error }, 'a build or one of its watchers failed unexpectedly'),
  })
  const lends: CodeBuild = { projects: projectStore(database), builds, reports, queue, identities, clock }
  return {
    service: { name: 'codebuild', lends, operations },
    builds: pipelineBuilds(lends, options.authorize),
    async start() {
      const sandbox = options.sandbox ?? (await probeSandbox(network))
      if (sandbox.kind === 'none')
        options.log.warn({ reason: sandbox.reason }, 'builds are not isolated from this machine')
      context = {
        clock,
        identities,
        authorize: options.authorize,
        objects: options.objects,
        repositories: options.repositories,
        connections: options.connections,
        logs: options.logs,
        builds,
        reports,
        directory: join(options.data, 'builds'),
        sandbox,
        stores: options.stores,
        // With a network of its own a build cannot reach the cloud: keys would be of no use.
        access: (role, seconds) => (network === 'loopback' ? undefined : options.access?.(role, seconds)),
      }
      queue.start()
    },
    stop: () => queue.end(),
  }
}
