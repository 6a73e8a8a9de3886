import type { Clock } from '../../../base/clock.ts'
import type { Service } from '../../server/operation.ts'
import type { GitCredentials } from '../codecommit/credentials.ts'
import { attachRolePolicy } from './attachRolePolicy.ts'
import { attachUserPolicy } from './attachUserPolicy.ts'
import { createAccessKey } from './createAccessKey.ts'
import type { IdentitiesWithPolicies } from './createIdentities.ts'
import { createPolicy } from './createPolicy.ts'
import { createRole } from './createRole.ts'
import { createServiceSpecificCredential } from './createServiceSpecificCredential.ts'
import { createUser } from './createUser.ts'
import { deleteAccessKey } from './deleteAccessKey.ts'
import { deletePolicy } from './deletePolicy.ts'
import { deleteRole } from './deleteRole.ts'
import { deleteRolePolicy } from './deleteRolePolicy.ts'
import { deleteServiceSpecificCredential } from './deleteServiceSpecificCredential.ts'
import { deleteUser } from './deleteUser.ts'
import { deleteUserPolicy } from './deleteUserPolicy.ts'
import { detachRolePolicy } from './detachRolePolicy.ts'
import { detachUserPolicy } from './detachUserPolicy.ts'
import { getPolicy } from './getPolicy.ts'
import { getPolicyVersion } from './getPolicyVersion.ts'
import { getRole } from './getRole.ts'
import { getRolePolicy } from './getRolePolicy.ts'
import { getUser } from './getUser.ts'
import { getUserPolicy } from './getUserPolicy.ts'
import { listAccessKeys } from './listAccessKeys.ts'
import { listAttachedRolePolicies } from './listAttachedRolePolicies.ts'
import { listAttachedUserPolicies } from './listAttachedUserPolicies.ts'
import { listPolicies } from './listPolicies.ts'
import { listRolePolicies } from './listRolePolicies.ts'
import { listRoles } from './listRoles.ts'
import { listServiceSpecificCredentials } from './listServiceSpecificCredentials.ts'
import { listUserPolicies } from './listUserPolicies.ts'
import { listUsers } from './listUsers.ts'
import type { Secrets } from './names.ts'
import { putRolePolicy } from './putRolePolicy.ts'
import { putUserPolicy } from './putUserPolicy.ts'
import { simulatePrincipalPolicy } from './simulatePrincipalPolicy.ts'
import type { IamStore } from './store.ts'
import { updateAssumeRolePolicy } from './updateAssumeRolePolicy.ts'

/** What IAM's operations work with. */
export interface IamLends {
  store: IamStore
  identities: IdentitiesWithPolicies
  clock: Pick<Clock, 'now'>
  secrets: Secrets
  gitCredentials: GitCredentials
}

export function createIam(lends: IamLends): Service<IamLends> {
  return {
    name: 'iam',
    lends,
    operations: {
      AttachRolePolicy: attachRolePolicy,
      AttachUserPolicy: attachUserPolicy,
      CreateAccessKey: createAccessKey,
      CreatePolicy: createPolicy,
      CreateRole: createRole,
      CreateServiceSpecificCredential: createServiceSpecificCredential,
      CreateUser: createUser,
      DeleteAccessKey: deleteAccessKey,
      DeletePolicy: deletePolicy,
      DeleteRole: deleteRole,
      DeleteRolePolicy: deleteRolePolicy,
      DeleteServiceSpecificCredential: deleteServiceSpecificCredential,
      DeleteUser: deleteUser,
      DeleteUserPolicy: deleteUserPolicy,
      DetachRolePolicy: detachRolePolicy,
      DetachUserPolicy: detachUserPolicy,
      GetPolicy: getPolicy,
      GetPolicyVersion: getPolicyVersion,
      GetRole: getRole,
      GetRolePolicy: getRolePolicy,
      GetUser: getUser,
      GetUserPolicy: getUserPolicy,
      ListAccessKeys: listAccessKeys,
      ListAttachedRolePolicies: listAttachedRolePolicies,
      ListAttachedUserPolicies: listAttachedUserPolicies,
      ListPolicies: listPolicies,
      ListRolePolicies: listRolePolicies,
      ListRoles: listRoles,
      ListServiceSpecificCredentials: listServiceSpecificCredentials,
      ListUserPolicies: listUserPolicies,
      ListUsers: listUsers,
      PutRolePolicy: putRolePolicy,
      PutUserPolicy: putUserPolicy,
      SimulatePrincipalPolicy: simulatePrincipalPolicy,
      UpdateAssumeRolePolicy: updateAssumeRolePolicy,
    },
  }
}
