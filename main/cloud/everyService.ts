import type { Clock } from '../base/clock.ts'
import type { AccountSeed, CloudLog } from './cloud.ts'
import type { EventBus } from './events.ts'
import { createAdmits } from './server/admits.ts'
import { createServices, type RecordCall } from './server/dispatch.ts'
import { createOnBehalf } from './server/onBehalf.ts'
import type { Authorize, Caller } from './server/operation.ts'
import { createCloudTrail } from './services/cloudtrail/index.ts'
import { createCloudWatch } from './services/cloudwatch/index.ts'
import { createCodeBuild } from './services/codebuild/index.ts'
import { createCodeCommit } from './services/codecommit/codeCommit.ts'
import { createCodePipeline } from './services/codepipeline/index.ts'
import { recordedBuilds, recordedRepositories } from './services/codepipeline/recordedServices.ts'
import { secretKeysIn, withoutSecrets } from './services/codepipeline/secrets.ts'
import { createConnections } from './services/connections/index.ts'
import { createEventBridge } from './services/eventbridge/index.ts'
import { countOf } from './services/eventbridge/ruleMetrics.ts'
import { createStartPipeline } from './services/eventbridge/startPipeline.ts'
import type { createIdentities } from './services/iam/createIdentities.ts'
import { createIam } from './services/iam/index.ts'
import type { systemSecrets } from './services/iam/names.ts'
import type { createIamStore } from './services/iam/store.ts'
import { createIdentityCenter, type OpenOptions } from './services/identity/identityCenter.ts'
import type { Lifetimes } from './services/identity/lifetimes.ts'
import { createLambda } from './services/lambda/index.ts'
import { lambdaProtocol } from './services/lambda/protocol.ts'
import { createLogs } from './services/logs/index.ts'
import { createOrganizations } from './services/organizations/index.ts'
import { s3Protocol } from './services/s3/protocol.ts'
import { createS3 } from './services/s3/s3.ts'
import { createSns } from './services/sns/index.ts'
import { createSqs } from './services/sqs/index.ts'
import { createSts } from './services/sts/index.ts'
import { accessOf } from './services/sts/issueCredentials.ts'
import { createRecordedIdentities } from './services/sts/recordedIdentities.ts'
import type { CloudDatabase } from './state/database.ts'
import { createSealedTokens } from './state/sealedTokens.ts'

/** What every service stands on. */
export interface Ground {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  log: CloudLog
  store: ReturnType<typeof createIamStore>
  identities: ReturnType<typeof createIdentities>
  secrets: typeof systemSecrets
  authorize: Authorize
  /** The cloud's directory. */
  data: string
  /** Where the cloud listens, once it does. */
  endpoint: () => string
  accounts: readonly [AccountSeed, ...AccountSeed[]]
  lifetimes?: Partial<Lifetimes>
}

/** Makes the services, each once, and lends them to one another. Nothing runs before `start`. */
export async function createEveryService(ground: Ground) {
  const { clock, log, database, bus, store, identities, secrets, authorize, data, endpoint, accounts } = ground
  // CloudTrail is made last of all, and hears from all.
  const record: RecordCall = (...recorded) => cloudTrail.record(...recorded)
  const onBehalf = createOnBehalf({ record, clock })
  const serving = createRecordedIdentities({ identities, record, clock })
  const everybody = { database, clock, bus, identities: serving, authorize, data, record }

  const sts = createSts({ store, identities, clock, secrets })
  const s3 = await createS3(everybody)
  const logs = createLogs(everybody)
  const codeCommit = await createCodeCommit({ ...everybody, userNamed: identities.userNamed, endpoint })
  const iam = createIam({ store, identities, clock, secrets, gitCredentials: codeCommit.gitCredentials })
  const { objects } = s3
  const { repositories } = codeCommit
  const access = (role: Caller, seconds: number) => ({
    endpoint: endpoint(),
    ...accessOf({ store, clock, secrets }, role, seconds),
  })
  const tokens = createSealedTokens(database)
  const connections = createConnections({ ...everybody, tokens })
  const codeBuild = createCodeBuild({
    ...everybody,
    objects,
    repositories,
    connections: connections.leadsTo,
    logs: logs.writer,
    log,
    access,
  })
  const onError = (error: unknown, what: string) => log.error({ error }, what)
  const lent = {
    ...everybody,
    admits: createAdmits(clock),
    tokens,
    endpoint,
    onError,
  }
  const lambda = createLambda({ ...lent, objects, logs: logs.writer, access, log })
  const { functions } = lambda
  const sqs = createSqs(lent)
  // Who could not be reached is the owner's to see, and no fault of the cloud's.
  const unreached = (error: unknown, what: string) => log.warn({ error }, what)
  const sns = createSns({ ...lent, deliver: sqs.deliver, onError: unreached })
  const { topics } = sns
  const codePipeline = createCodePipeline({
    ...everybody,
    topics,
    objects,
    repositories: recordedRepositories(repositories, onBehalf),
    builds: recordedBuilds(codeBuild.builds, onBehalf),
    functions,
    connections: connections.leadsTo,
    // CloudWatch measures pipelines, so that it is made after them.
    alarmState: (account, region, name) => cloudWatch.alarmState(account, region, name),
    access,
    endpoint,
    onError,
  })

  const { definitions, engine, customTypes } = codePipeline.service.lends
  const cloudWatch = createCloudWatch({
    ...lent,
    topics,
    isV2({ account, region, name }) {
      const pipeline = definitions.find(account, region, name)
      return pipeline !== undefined && definitions.current(pipeline).declaration.pipelineType === 'V2'
    },
    onError: unreached,
  })
  const cloudTrail = createCloudTrail({
    ...lent,
    hideSecrets: (definition, where) => withoutSecrets(definition, secretKeysIn(customTypes, where)),
  })
  const eventBridge = createEventBridge({
    ...lent,
    topics,
    toQueue: sqs.deliver,
    functions,
    startPipeline: createStartPipeline({ ...everybody, definitions, engine }),
    measure: (rule, metric) => cloudWatch.count(countOf(rule, metric)),
    onError: unreached,
  })

  const identityCenter = createIdentityCenter({
    ...lent,
    store,
    secrets,
    accounts,
    ...(ground.lifetimes && { lifetimes: ground.lifetimes }),
  })

  const services = createServices([
    ...identityCenter.services,
    createOrganizations({ ...lent, store, accounts }),
    iam,
    sts,
    s3.service,
    logs.service,
    codeCommit.service,
    codeBuild.service,
    codePipeline.service,
    lambda.service,
    ...connections.services,
    cloudTrail.service,
    cloudWatch.service,
    eventBridge.service,
    sns.service,
    sqs.service,
  ])

  return {
    services,
    record,
    mounts: [s3.websites, codeCommit.git, codePipeline.webhooks, sns.mount, identityCenter.pages],
    rest: [s3Protocol, lambdaProtocol, ...identityCenter.rest],
    gitCredentials: codeCommit.gitCredentials,
    openIdentityCenter: (where: OpenOptions) => identityCenter.open(where),
    /** Takes up what a former process left. Whatever starts puts its end on `opening`: the last ends first. */
    async start(opening: AsyncDisposableStack): Promise<void> {
      cloudWatch.start()
      opening.defer(() => cloudWatch.stop())
      sns.start()
      opening.defer(() => sns.stop())
      opening.defer(() => eventBridge.stop())
      cloudTrail.start()
      opening.defer(() => cloudTrail.stop())
      await codeBuild.start()
      opening.defer(() => codeBuild.stop())
      await lambda.start()
      opening.defer(() => lambda.stop())
      codePipeline.start()
      eventBridge.start()
      opening.defer(() => codePipeline.stop())
    },
    /** Tells of what moved with nobody there to tell of it. */
    catchUp: codeCommit.catchUp,
  }
}
