import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import { documentOf } from './createIdentities.ts'
import { noSuchEntity, parseIamArn, policyArn, roleArn, userArn } from './names.ts'
import type { Holder, IamStore, ManagedPolicy, Role, User } from './store.ts'

/** IAM gives policy documents percent-encoded (RFC 3986). */
export const onWire = (document: string) => encodeURIComponent(document)

export const describeUser = (user: User) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: userArn(user),
  CreateDate: new Date(user.created),
})

export const describeRole = (role: Role) => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: roleArn(role),
  CreateDate: new Date(role.created),
  AssumeRolePolicyDocument: onWire(role.trust),
  ...(role.description !== null && { Description: role.description }),
  MaxSessionDuration: role.maxSession,
})

export const describePolicy = (store: IamStore, policy: ManagedPolicy) => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policyArn(policy),
  Path: policy.path,
  DefaultVersionId: 'v1',
  AttachmentCount: store.attachments(policyArn(policy)),
  PermissionsBoundaryUsageCount: 0,
  IsAttachable: true,
  ...(policy.description !== null && { Description: policy.description }),
  CreateDate: new Date(policy.created),
  UpdateDate: new Date(policy.created),
})

/** Throws NoSuchEntity. */
export function userNamed(store: IamStore, account: string, name = ''): User {
  const user = store.user(account, name)
  if (!user) throw noSuchEntity('user', name)
  return user
}

/** Throws NoSuchEntity. */
export function roleNamed(store: IamStore, account: string, name = ''): Role {
  const role = store.role(account, name)
  if (!role) throw noSuchEntity('role', name)
  return role
}

/** A customer's policy, or one of AWS's own. Throws NoSuchEntity. */
export function policyNamed(store: IamStore, arn: string): ManagedPolicy {
  const named = parseIamArn(arn, 'policy')
  const document = named && documentOf(store, arn)
  if (!named || document === undefined) {
    throw new AwsError('NoSuchEntityException', `Policy ${arn} was not found.`)
  }
  const { account, name } = named
  const own = store.policy(account, name)
  return own ?? { account, name, path: '/', id: `ANPA${name.toUpperCase()}`, created: 0, description: null, document }
}

export const roleHolder = (account: string, name: string): Holder => ({ account, kind: 'role', name })
export const userHolder = (account: string, name: string): Holder => ({ account, kind: 'user', name })

/** The user named, or the caller where the call names none. */
export function userOrCaller(name: string | undefined, { caller }: Call): string {
  if (name !== undefined) return name
  if (caller.kind === 'user') return caller.arn.split('/').at(-1) ?? ''
  throw new AwsError('ValidationException', 'Must specify userName when calling with non-User credentials')
}

interface Lends {
  store: IamStore
}

/** The ARN that a call about a role needs leave on: its path is part of it. */
export const roleResources = (
  { RoleName: name = '' }: { RoleName?: string | undefined },
  { account }: Call,
  { store }: Lends,
) => [roleArn(store.role(account, name) ?? { account, path: '/', name })]

/** The ARN that a call about a user needs leave on. */
export const userResources = (
  { UserName: name }: { UserName?: string | undefined },
  { account, caller }: Call,
  { store }: Lends,
) => [name === undefined ? caller.principalArn : userArn(store.user(account, name) ?? { account, path: '/', name })]
