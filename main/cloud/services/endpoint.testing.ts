import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, systemClock } from '../../base/clock.ts'
import { type CloudEvent, createEventBus, type EventBus } from '../events.ts'
import { createAuthorize } from '../server/authorize.ts'
import { assertConformance, createConformance } from '../server/conformance/conformance.testing.ts'
import { createDispatch, createServices, type RecordCall } from '../server/dispatch.ts'
import { createGateway } from '../server/gateway.ts'
import type { Mount } from '../server/http.ts'
import { listen } from '../server/listener.ts'
import type { Authorize, Caller, Service } from '../server/operation.ts'
import type { RestProtocol } from '../server/protocols/rest.ts'
import { newRequestId } from '../server/requestId.ts'
import { type CloudDatabase, openDatabase } from '../state/database.ts'
import { createIdentities, type IdentitiesWithPolicies } from './iam/createIdentities.ts'
import { systemSecrets } from './iam/names.ts'
import { createIamStore, type IamStore } from './iam/store.ts'

export const tooling = '111122223333'
export const production = '777788889999'

/** What a service under test is made from, as the cloud makes it. */
export interface TestWorld {
  clock: Clock
  database: CloudDatabase
  bus: EventBus
  authorize: Authorize
  identities: IdentitiesWithPolicies
  store: IamStore
  data: string
}

/** What the service under test brings. */
export interface UnderTest {
  services: readonly Service[]
  rest?: readonly RestProtocol[]
  mounts?: readonly Mount[]
  record?: RecordCall
}

export interface TestUser {
  caller: Caller
  credentials: { accessKeyId: string; secretAccessKey: string }
}

/** The cloud's real listener, gateway, signatures and IAM around one service, on a directory of its own. */
export async function startEndpoint(build: (world: TestWorld) => Promise<UnderTest> | UnderTest) {
  const data = await mkdtemp(join(tmpdir(), 'cloud-'))
  const database = openDatabase(join(data, 'cloud.db'))
  const store = createIamStore(database)
  const identities = createIdentities(store, systemClock)
  const authorize = createAuthorize(identities.policiesOf, systemClock)
  const events: CloudEvent[] = []
  const faults: unknown[] = []
  const bus = createEventBus(error => void faults.push(error))
  bus.subscribe(event => events.push(event))
  const built = await build({ clock: systemClock, database, bus, authorize, identities, store, data })
  const services = createServices(built.services)
  const conformance = createConformance()
  const handle = createGateway({
    services,
    dispatch: createDispatch(services, authorize, built.record ?? (async () => {})),
    identities,
    regions: ['us-east-1', 'eu-west-1'],
    mounts: built.mounts ?? [],
    rest: built.rest ?? [],
    clock: systemClock,
    newRequestId,
    answered: conformance.answered,
    onFault: error => faults.push(error),
  })
  const listener = await listen({ port: 0, handle, onFault: error => faults.push(error) })

  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  /** A user with an access key and one policy; without one it may do everything in its account. */
  const addUser = (account: string, name: string, policy: object = everything): TestUser => {
    const id = systemSecrets.uniqueId('AIDA')
    store.addUser({ account, name, id, path: '/', created: systemClock.now() })
    store.putInline({ account, kind: 'user', name }, 'only', JSON.stringify(policy))
    const key = { id: systemSecrets.uniqueId('AKIA'), secret: systemSecrets.secretAccessKey() }
    store.addAccessKey({ ...key, account, user: name, created: systemClock.now() })
    const arn = `arn:aws:iam::${account}:user/${name}`
    return {
      caller: { kind: 'user', account, arn, userId: id, principalArn: arn },
      credentials: { accessKeyId: key.id, secretAccessKey: key.secret },
    }
  }
  return {
    endpoint: listener.endpoint,
    port: listener.port,
    data,
    events,
    addUser,
    async stop() {
      await listener.stop(0)
      database.close()
      await rm(data, { recursive: true, force: true })
      // What went wrong without a client's fault is a failure of the suite, wherever it happened.
      if (faults.length > 0) throw new AggregateError(faults, 'the cloud had faults')
      await assertConformance(conformance)
    },
  }
}
