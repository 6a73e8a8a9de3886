import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { createEventBus } from './events.ts'
import { createEveryService } from './everyService.ts'
import { writeProfiles } from './profiles.ts'
import { beginSamples } from './samples/begin.ts'
import { createAuthorize } from './server/authorize.ts'
import { createDispatch } from './server/dispatch.ts'
import { createControl } from './server/faults/control.ts'
import { createFaults, type Faults } from './server/faults/faults.ts'
import type { Rule } from './server/faults/rules.ts'
import { type Answer, createGateway } from './server/gateway.ts'
import { listen } from './server/listener.ts'
import { newRequestId } from './server/requestId.ts'
import { createIdentities } from './services/iam/createIdentities.ts'
import { systemSecrets } from './services/iam/names.ts'
import { administratorName, readDeskPolicies, seedAccount } from './services/iam/seed.ts'
import { createIamStore } from './services/iam/store.ts'
import type { Lifetimes } from './services/identity/lifetimes.ts'
import type { IdentityCenter } from './services/identity/signInFile.ts'
import { openDatabase } from './state/database.ts'
import { openDirectory } from './state/directory.ts'

/** One account of the local cloud. */
export interface AccountSeed {
  /** 12 digits. */
  id: string
  name: string
  environment: 'development' | 'staging' | 'production'
}

/** Where the cloud says what nobody asked for. */
export type CloudLog = Readonly<Record<'info' | 'warn' | 'error', (detail: object, message: string) => void>>

export interface CloudOptions {
  /** Directory of everything durable; made where it is missing. */
  data: string
  /** Forget everything that the directory holds. */
  reset?: boolean
  /** 0 for any free one. */
  port: number
  /** The first is the hub: its Admin may become every role of the others. */
  accounts: readonly [AccountSeed, ...AccountSeed[]]
  /** Push the sample repositories and create their pipelines at first start. */
  samples: boolean
  /** Where `policies/` and `samples/` lie. */
  resources: string
  clock: Clock
  log: CloudLog
  /** Limits to calls and faults that are on from the start. */
  faults?: readonly Rule[]
  /** Told of every answer to an operation, as it leaves: tests hold it against the service's model. */
  answered?: (answer: Answer) => void
  /** How long sign-ins and their tokens are good, where not as long as usual. */
  signIn?: Partial<Lifetimes>
  /** How long, in ms, a client may take for its headers, and for its whole request. */
  limits?: { headers: number; request: number }
}

/** An account with the keys of its administrator, as `npm run cloud -- --json` prints it. */
export interface CloudAccount extends AccountSeed {
  profile: string
  accessKeyId: string
  secretAccessKey: string
  /** User name and password for `git clone` over HTTP. */
  git: { user: string; password: string }
}

/** A running local cloud. */
export interface Cloud {
  /** `http://127.0.0.1:<port>`: the `endpoint` of every SDK client. */
  endpoint: string
  region: string
  accounts: readonly CloudAccount[]
  /** AWS CLI files with a profile for each account and role. */
  configFile: string
  credentialsFile: string
  /** For git's `store` credential helper. */
  gitCredentialsFile: string
  /** Where people sign in, and who they are. */
  identityCenter: IdentityCenter
  /** Where its control path is and the token that opens it. */
  controlFile: string
  /** What befalls calls: rules may be set while it runs. */
  faults: Faults
  /** Ends every build, timer and connection, and closes the database. */
  stop(): Promise<void>
}

/** The regions that the local cloud has; the first is everybody's default. */
const regions = ['us-east-1', 'eu-west-1'] as const

/** Builds every service once and opens the door. Throws `DirectoryRefused` where the directory is not to be had. */
export async function createCloud(options: CloudOptions): Promise<Cloud> {
  const { clock, log } = options
  const secrets = systemSecrets
  // Whatever opens registers its closing at once; the last opened closes first, also where a later step fails.
  await using opening = new AsyncDisposableStack()
  const directory = opening.adopt(openDirectory(options.data, options), held => held.release())
  const database = opening.adopt(openDatabase(join(directory.path, 'state.db')), open => open.close())
  const data = directory.path
  const bus = createEventBus((error, event) => log.error({ error, event: event['detail-type'] }, 'a listener failed'))

  const store = createIamStore(database)
  const identities = createIdentities(store, clock)
  const authorize = createAuthorize(identities.policiesOf, clock)
  let endpoint = ''
  const every = await createEveryService({
    database,
    clock,
    bus,
    log,
    store,
    identities,
    secrets,
    authorize,
    data,
    endpoint: () => endpoint,
    accounts: options.accounts,
    ...(options.signIn && { lifetimes: options.signIn }),
  })
  const faults = createFaults({ clock, random: Math.random, rules: options.faults ?? [] })
  const control = createControl({ faults, directory: data })
  const handle = createGateway({
    services: every.services,
    dispatch: createDispatch(every.services, authorize, every.record),
    identities,
    faults,
    regions,
    mounts: [control.mount, ...every.mounts],
    rest: every.rest,
    clock,
    newRequestId,
    ...(options.answered && { answered: options.answered }),
    onFault: (error, requestId) => log.error({ error, requestId }, 'a request failed'),
  })
  const policies = readDeskPolicies(join(options.resources, 'policies'))
  const accounts = database.transaction(() =>
    options.accounts.map((account): CloudAccount => {
      const key = seedAccount(account.id, options.accounts[0].id, { store, clock, policies, secrets })
      const { userName, password } = every.gitCredentials.ensure(account.id, administratorName)
      const git = { user: userName, password }
      return { ...account, profile: account.name, accessKeyId: key.id, secretAccessKey: key.secret, git }
    }),
  )

  const open = Promise.withResolvers<void>()
  const listener = await listen({
    ...options,
    // The address must be known before builds start, and builds must have started before anybody is served.
    handle: request => open.promise.then(() => handle(request)),
    onFault: error => log.warn({ error }, 'a response could not be sent'),
  })
  opening.defer(() => listener.stop())
  endpoint = listener.endpoint
  await every.start(opening)
  // Nobody is served any more by the time the engines stop.
  opening.defer(() => listener.stop())
  await every.catchUp()
  const aws = join(data, 'aws')
  const signIn = await every.openIdentityCenter({ ...options, directory: aws, region: regions[0] })
  open.resolve()
  const profiles = writeProfiles({ ...signIn, directory: aws, endpoint, accounts })
  const controlFile = control.publish(endpoint)
  if (options.samples) {
    const folders = { samples: join(options.resources, 'samples'), scratch: join(data, 'scratch') }
    opening.defer(beginSamples({ ...folders, endpoint, accounts, database, clock, log }))
  }
  const closing = opening.move()
  return {
    endpoint,
    region: regions[0],
    accounts,
    ...profiles,
    identityCenter: signIn,
    controlFile,
    faults,
    stop: () => closing.disposeAsync(),
  }
}
