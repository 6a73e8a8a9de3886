import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../../../base/clock.ts'
import { readPolicy } from '../../server/authorize.ts'
import { policyArn, roleArn, type Secrets } from './names.ts'
import type { IamStore } from './store.ts'

/** The roles that people take on in each account, and the documents that say what each may. */
export const deskRoles = {
  ReleaseManager: 'release-manager',
  Operator: 'operator',
  Auditor: 'auditor',
  Admin: 'admin',
} as const

export type DeskRole = keyof typeof deskRoles

export const administratorName = 'administrator'

export interface SeedOptions {
  store: IamStore
  clock: Pick<Clock, 'now'>
  secrets: Secrets
  /** JSON text of each role's policy. */
  policies: Readonly<Record<DeskRole, string>>
}

/** The documents of the desk's roles, as they are shipped for real accounts too. */
export function readDeskPolicies(directory: string): Record<DeskRole, string> {
  const read = (role: DeskRole) => readFileSync(join(directory, `${deskRoles[role]}.json`), 'utf8')
  return {
    ReleaseManager: read('ReleaseManager'),
    Operator: read('Operator'),
    Auditor: read('Auditor'),
    Admin: read('Admin'),
  }
}

/**
 * Makes what a new account has: an administrator with an access key, and the desk's roles. The account itself may take
 * them on, and so may the hub's Admin, so that one sign-in reaches every account. What is there already stays as it is.
 */
export function seedAccount(account: string, hub: string, options: SeedOptions): { id: string; secret: string } {
  const key = seedAdministrator(account, options)
  for (const role of Object.keys(deskRoles) as DeskRole[]) seedRole(account, hub, role, options)
  if (account !== hub) seedOrganizationRole(account, hub, options)
  return key
}

function seedAdministrator(account: string, { store, clock, secrets }: SeedOptions): { id: string; secret: string } {
  const name = administratorName
  if (!store.user(account, name)) {
    store.addUser({ account, name, path: '/', id: secrets.uniqueId('AIDA'), created: clock.now() })
    store.attach({ account, kind: 'user', name }, 'arn:aws:iam::aws:policy/AdministratorAccess')
  }
  const [known] = store.accessKeys(account, name)
  if (known) return known
  const key = { id: secrets.uniqueId('AKIA'), secret: secrets.secretAccessKey() }
  store.addAccessKey({ ...key, account, user: name, created: clock.now() })
  return key
}

function seedRole(account: string, hub: string, name: DeskRole, { store, clock, secrets, policies }: SeedOptions) {
  if (store.role(account, name)) return
  const document = policies[name]
  readPolicy(document, 'identity')
  const policyName = `CloudPipelines${name}`
  const created = clock.now()
  store.addPolicy({
    account,
    name: policyName,
    path: '/',
    id: secrets.uniqueId('ANPA'),
    created,
    description: `What a ${name} of CloudPipelines may do`,
    document,
  })
  store.addRole({
    account,
    name,
    path: '/',
    id: secrets.uniqueId('AROA'),
    created,
    trust: JSON.stringify(trustOf(account, hub)),
    description: `Taken on through CloudPipelines`,
    maxSession: 43_200,
  })
  store.attach({ account, kind: 'role', name }, policyArn({ account, path: '/', name: policyName }))
}

/** What Organizations makes in a member account: whoever the management account lets may administrate it. */
function seedOrganizationRole(account: string, hub: string, { store, clock, secrets }: SeedOptions) {
  const name = 'OrganizationAccountAccessRole'
  if (store.role(account, name)) return
  store.addRole({
    account,
    name,
    path: '/',
    id: secrets.uniqueId('AROA'),
    created: clock.now(),
    trust: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${hub}:root` } }],
    }),
    description: null,
    maxSession: 3600,
  })
  store.attach({ account, kind: 'role', name }, 'arn:aws:iam::aws:policy/AdministratorAccess')
}

function trustOf(account: string, hub: string) {
  const hubAdmin = roleArn({ account: hub, path: '/', name: 'Admin' })
  const hubAdministrator = `arn:aws:iam::${hub}:user/${administratorName}`
  const trusted = account === hub ? [] : [hubAdmin, hubAdministrator]
  // Whoever signed in as the hub's Admin: the role behind a permission set has a name that nobody knows beforehand.
  const signedIn = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: `arn:aws:iam::${hub}:root` },
    Condition: {
      ArnLike: {
        'aws:PrincipalArn': `arn:aws:iam::${hub}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*`,
      },
    },
  }
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: [`arn:aws:iam::${account}:root`, ...trusted] } },
      ...(account === hub ? [] : [signedIn]),
    ],
  }
}
