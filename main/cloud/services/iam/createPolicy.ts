import type { CreatePolicyRequest, CreatePolicyResponse } from '@aws-sdk/client-iam'
import { readPolicy } from '../../server/authorize.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { describePolicy } from './describe.ts'
import type { IamLends } from './index.ts'
import { checkName, checkPath, policyArn } from './names.ts'

export const createPolicy: Operation<IamLends, CreatePolicyRequest, CreatePolicyResponse> = {
  resources: ({ Path = '/', PolicyName = '' }, { account }) => [policyArn({ account, path: Path, name: PolicyName })],
  run({ store, secrets, clock }, { PolicyName = '', Path, PolicyDocument = '', Description }, { account }) {
    const name = checkName('policyName', PolicyName, 128)
    const path = checkPath(Path)
    readPolicy(PolicyDocument, 'identity')
    if (store.policy(account, name)) {
      throw new AwsError(
        'EntityAlreadyExistsException',
        `A policy called ${name} already exists. Duplicate names are not allowed.`,
      )
    }
    const policy = {
      account,
      name,
      path,
      id: secrets.uniqueId('ANPA'),
      created: clock.now(),
      description: Description ?? null,
      document: PolicyDocument,
    }
    store.addPolicy(policy)
    return { Policy: describePolicy(store, policy) }
  },
}
