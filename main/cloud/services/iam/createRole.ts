import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam'
import { readPolicy } from '../../server/authorize.ts'
import type { Operation } from '../../server/operation.ts'
import { describeRole } from './describe.ts'
import type { IamLends } from './index.ts'
import { alreadyExists, checkName, checkPath, roleArn, validationError } from './names.ts'

export const createRole: Operation<IamLends, CreateRoleRequest, CreateRoleResponse> = {
  resources: ({ Path = '/', RoleName = '' }, { account }) => [roleArn({ account, path: Path, name: RoleName })],
  run({ store, secrets, clock }, input, { account }) {
    const { RoleName = '', AssumeRolePolicyDocument: trust = '', Description, MaxSessionDuration = 3600 } = input
    const name = checkName('roleName', RoleName)
    const path = checkPath(input.Path)
    readPolicy(trust, 'trust')
    if (MaxSessionDuration < 3600 || MaxSessionDuration > 43_200) {
      throw validationError(
        `Value '${MaxSessionDuration}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between 3600 and 43200`,
      )
    }
    if (store.role(account, name)) throw alreadyExists('Role', name)
    const role = {
      account,
      name,
      path,
      trust,
      id: secrets.uniqueId('AROA'),
      created: clock.now(),
      description: Description ?? null,
      maxSession: MaxSessionDuration,
    }
    store.addRole(role)
    return { Role: describeRole(role) }
  },
}
