import { join } from 'node:path'
import type { Clock } from '../../../base/clock.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { Mount } from '../../server/http.ts'
import type { Service } from '../../server/operation.ts'
import type { RestProtocol } from '../../server/protocols/rest.ts'
import { createRestJsonService } from '../../server/protocols/restJsonService.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type Identity, issuerUrl, startUrl } from './lends.ts'
import { type Lifetimes, usualLifetimes } from './lifetimes.ts'
import { createSsoOidc } from './oidc/index.ts'
import { createPages } from './pages/pages.ts'
import { createSso } from './portal/index.ts'
import { migrations } from './schema.ts'
import { type IdentitySeed, seedIdentity } from './seed.ts'
import { type IdentityCenter, keptPasswords, sessionName, writeSignInFile } from './signInFile.ts'
import { createClients } from './store/clients.ts'
import { createCodes } from './store/codes.ts'
import { createDevices } from './store/devices.ts'
import { createDirectory } from './store/directory.ts'
import { createGrants } from './store/grants.ts'
import { createSessions } from './store/sessions.ts'
import { createSignInTrail } from './trail.ts'

export interface IdentityCenterOptions
  extends Pick<Identity, 'store' | 'secrets' | 'tokens' | 'accounts' | 'endpoint'> {
  database: CloudDatabase
  clock: Clock
  record: RecordCall
  lifetimes?: Partial<Lifetimes>
}

/** IAM Identity Center: two services, the pages that people see, and who is there. */
export interface IdentityCenterRoom {
  services: readonly Service[]
  rest: readonly RestProtocol[]
  pages: Mount
  /** Makes who is to be there, and says in a file of `directory` how they sign in. The endpoint must be known by now. */
  open(options: OpenOptions): Promise<IdentityCenter>
}

export interface OpenOptions extends Omit<IdentitySeed, 'passwords'> {
  directory: string
  region: string
}

export function createIdentityCenter(options: IdentityCenterOptions): IdentityCenterRoom {
  const { database, clock, store, secrets, tokens, accounts, endpoint, record } = options
  database.migrate('identity', migrations)
  const lifetimes = { ...usualLifetimes, ...options.lifetimes }
  const identity: Identity = {
    directory: createDirectory(database),
    sessions: createSessions(database, clock, lifetimes.session),
    clients: createClients(database, clock),
    codes: createCodes(database, clock),
    devices: createDevices(database, clock),
    grants: createGrants(database, clock, lifetimes.accessToken),
    store,
    secrets,
    tokens,
    clock,
    lifetimes,
    accounts,
    endpoint,
    trail: createSignInTrail({ record, clock, accounts, endpoint }),
  }
  const oidc = createSsoOidc(identity)
  const sso = createSso(identity)
  return {
    services: [oidc, sso],
    // Neither is signed. Who asks the portal is told by its token, which each operation looks up by itself.
    rest: [
      createRestJsonService({
        service: oidc.name,
        authentication: { kind: 'none' },
        client: () => import('@aws-sdk/client-sso-oidc'),
      }),
      createRestJsonService({
        service: sso.name,
        authentication: { kind: 'none' },
        client: () => import('@aws-sdk/client-sso'),
      }),
    ],
    pages: createPages(identity, clock),
    async open({ directory, region, ...seed }) {
      const file = join(directory, 'identity-center.json')
      const users = await seedIdentity(identity, { ...seed, passwords: keptPasswords(file) })
      const signIn = { startUrl: startUrl(identity), issuerUrl: issuerUrl(identity), region, sessionName, users }
      writeSignInFile(file, signIn)
      return signIn
    },
  }
}
