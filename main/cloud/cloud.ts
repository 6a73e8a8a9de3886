import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../base/clock.ts'
import { createEventBus } from './events.ts'
import { writeProfiles } from './profiles.ts'
import { createAuthorize } from './server/authorize.ts'
import { createDispatch, createServices } from './server/dispatch.ts'
import { createGateway } from './server/gateway.ts'
import { listen } from './server/listener.ts'
import { newRequestId } from './server/requestId.ts'
import { createIdentities } from './services/iam/createIdentities.ts'
import { createIam } from './services/iam/index.ts'
import { systemSecrets } from './services/iam/names.ts'
import { type DeskRole, deskRoles, seedAccount } from './services/iam/seed.ts'
import { createIamStore } from './services/iam/store.ts'
import { createLogs } from './services/logs/index.ts'
import { s3Protocol } from './services/s3/protocol.ts'
import { createS3 } from './services/s3/s3.ts'
import { createSts } from './services/sts/index.ts'
import { openDatabase } from './state/database.ts'
import { openDirectory } from './state/directory.ts'

/** One account of the local cloud. */
export interface AccountSeed {
  /** 12 digits. */
  id: string
  name: string
  environment: 'development' | 'staging' | 'production'
}

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
  /** Told of faults that no client caused. */
  onFault: (error: unknown, context: Readonly<Record<string, unknown>>) => void
  /** How long, in ms, a client may take for its headers, and for its whole request. */
  limits?: { headers: number; request: number }
}

/** An account with the keys of its administrator, as `npm run cloud -- --json` prints it. */
export interface CloudAccount extends AccountSeed {
  profile: string
  accessKeyId: string
  secretAccessKey: string
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
  /** Ends every build, timer and connection, and closes the database. */
  stop(): Promise<void>
}

/** The regions that the local cloud has; the first is everybody's default. */
export const regions = ['us-east-1', 'eu-west-1'] as const

/** Builds every service once and opens the door. Throws `DirectoryRefused` where the directory is not to be had. */
export async function createCloud(options: CloudOptions): Promise<Cloud> {
  const { clock, onFault } = options
  const directory = openDirectory(options.data, options)
  const database = openDatabase(join(directory.path, 'state.db'))
  const bus = createEventBus((error, event) => onFault(error, { event: event['detail-type'] }))

  const store = createIamStore(database)
  const identities = createIdentities(store, clock)
  const authorize = createAuthorize(identities.policiesOf, clock)
  const accounts = database.transaction(() => seedAccounts(options, store))

  const services = createServices()
  const dispatch = createDispatch(services, authorize, () => {})

  const iam = createIam({ store, identities, clock, secrets: systemSecrets })
  const sts = createSts({ store, identities, clock, secrets: systemSecrets })
  const s3 = await createS3({ database, clock, bus, authorize, data: directory.path })

  const logs = createLogs({ database, clock })
  for (const service of [iam, sts, s3.service, logs.service]) services.add(service)
  const handle = createGateway({
    services,
    dispatch,
    identities,
    regions,
    mounts: [s3.websites],
    rest: [s3Protocol],
    clock,
    newRequestId,
    onFault: (error, requestId) => onFault(error, { requestId }),
  })
  const listener = await listen({
    port: options.port,
    handle,
    onFault: error => onFault(error, {}),
    ...(options.limits && { limits: options.limits }),
  })
  const { endpoint } = listener
  const profiles = writeProfiles({ directory: join(directory.path, 'aws'), endpoint, region: regions[0], accounts })

  return {
    endpoint,
    region: regions[0],
    accounts,
    ...profiles,
    async stop() {
      await listener.stop()
      database.close()
      directory.release()
    },
  }
}

function seedAccounts(options: CloudOptions, store: ReturnType<typeof createIamStore>): CloudAccount[] {
  const { accounts, clock, resources } = options
  const document = (role: DeskRole) => readFileSync(join(resources, 'policies', `${deskRoles[role]}.json`), 'utf8')
  const policies = {
    ReleaseManager: document('ReleaseManager'),
    Operator: document('Operator'),
    Auditor: document('Auditor'),
    Admin: document('Admin'),
  }
  return accounts.map(account => {
    const key = seedAccount(account.id, accounts[0].id, { store, clock, policies, secrets: systemSecrets })
    return { ...account, profile: account.name, accessKeyId: key.id, secretAccessKey: key.secret }
  })
}
