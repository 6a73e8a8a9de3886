import type { Clock } from '../../../base/clock.ts'
import { evaluate, type Source } from '../../../iam/evaluate.ts'
import { createPolicyCache, type PoliciesOf, requestOf } from '../../server/authorize.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Caller } from '../../server/operation.ts'
import type { Credential, Identities } from './identities.ts'
import { awsManagedPolicies } from './managedPolicies.ts'
import { parseIamArn, userArn } from './names.ts'
import type { Holder, IamStore, Role, User } from './store.ts'

export interface IdentitiesWithPolicies extends Identities {
  /** The identity-based policies of a caller's user or role. */
  policiesOf: PoliciesOf
  /** The IAM user of a name, as a caller. */
  userNamed: (account: string, name: string) => Caller | undefined
}

/** Who exists in the cloud, from IAM's tables. What was looked up is remembered until IAM changes. */
export function createIdentities(store: IamStore, clock: Pick<Clock, 'now'>): IdentitiesWithPolicies {
  const parse = createPolicyCache()
  const credentials = remembered(store, (id: string) => findCredential(store, id))
  const policies = remembered(store, (principalArn: string) => findPolicies(store, principalArn, parse))
  return {
    credential: credentials,
    // An account's root may do everything in its account.
    policiesOf: caller => (caller.kind === 'root' ? [administrator(parse)] : policies(caller.principalArn)),
    userNamed(account, name) {
      const user = store.user(account, name)
      return user && userCaller(user)
    },
    assume(roleArn, by, sessionName, options = {}) {
      const denied = new AwsError(
        'AccessDeniedException',
        `User: ${'service' in by ? by.service : by.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        { status: 403 },
      )
      const named = parseIamArn(roleArn, 'role')
      const role = named && store.role(named.account, named.name)
      if (!role) throw denied
      const caller: Caller = 'service' in by ? serviceCaller(by.service) : by
      const guard = { owner: role.account, context: { ...options.context, 'sts:RoleSessionName': sessionName } }
      const decision = evaluate(requestOf(caller, 'sts:AssumeRole', roleArn, guard, clock), {
        identity: caller.kind === 'service' ? [] : this.policiesOf(caller),
        resource: { kind: 'resource', name: roleArn, policy: parse(role.trust, 'trust') },
        resourceMustAllow: true,
        ...(caller.sessionPolicy !== undefined && {
          session: [{ kind: 'session', name: 'session', policy: parse(caller.sessionPolicy, 'identity') }],
        }),
      })
      if (decision.kind !== 'allow') throw denied
      return sessionOf(role, roleArn, sessionName)
    },
  }
}

function userCaller(user: User): Caller {
  const arn = userArn(user)
  return { kind: 'user', account: user.account, arn, userId: user.id, principalArn: arn }
}

function serviceCaller(service: string): Caller {
  return { kind: 'service', account: '', arn: service, userId: service, principalArn: service }
}

function sessionOf(role: Role, roleArn: string, sessionName: string): Caller {
  return {
    kind: 'assumedRole',
    account: role.account,
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
    principalArn: roleArn,
  }
}

function findCredential(store: IamStore, id: string): Credential | undefined {
  const key = store.accessKey(id)
  if (key) {
    const user = store.user(key.account, key.user)
    if (!user) return undefined
    return { accessKeyId: id, secretAccessKey: key.secret, caller: userCaller(user) }
  }
  const session = store.session(id)
  if (!session) return undefined
  const { secret, token, expires, caller } = session
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    sessionToken: token,
    expiresAt: expires,
    caller: JSON.parse(caller) as Caller,
  }
}

type Parse = ReturnType<typeof createPolicyCache>

function findPolicies(store: IamStore, principalArn: string, parse: Parse): readonly Source[] {
  const role = parseIamArn(principalArn, 'role')
  const user = role ? undefined : parseIamArn(principalArn, 'user')
  const named = role ?? user
  if (!named) return []
  const holder: Holder = { ...named, kind: role ? 'role' : 'user' }
  const inline = store.inlines(holder).map(({ name, document }) => source(name, document, parse))
  const attached = store.attached(holder).flatMap(arn => {
    const document = documentOf(store, arn)
    return document === undefined ? [] : [source(arn, document, parse)]
  })
  return [...inline, ...attached]
}

const source = (name: string, document: string, parse: Parse): Source => {
  return { kind: 'identity', name, policy: parse(document, 'identity') }
}

const administrator = (parse: Parse) => source('root', awsManagedPolicies.AdministratorAccess ?? '', parse)

/** The document behind a managed policy's ARN, AWS's own or a customer's. */
export function documentOf(store: IamStore, arn: string): string | undefined {
  const named = parseIamArn(arn, 'policy')
  if (!named) return undefined
  if (named.account !== 'aws') return store.policy(named.account, named.name)?.document
  return Object.hasOwn(awsManagedPolicies, named.name) ? awsManagedPolicies[named.name] : undefined
}

/** A look-up whose answers hold until the store is written to. Names that do not exist are not remembered. */
function remembered<T>(store: IamStore, find: (name: string) => T): (name: string) => T {
  let asOf = -1
  const known = new Map<string, T>()
  return name => {
    if (asOf !== store.version()) {
      known.clear()
      asOf = store.version()
    }
    const found = known.get(name)
    if (found !== undefined) return found
    const made = find(name)
    if (made !== undefined) known.set(name, made)
    return made
  }
}
