import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '@aws-sdk/client-iam'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { userNamed, userOrCaller, userResources } from './describe.ts'
import type { IamLends } from './index.ts'

export const createAccessKey: Operation<IamLends, CreateAccessKeyRequest, CreateAccessKeyResponse> = {
  resources: userResources,
  run({ store, secrets, clock }, input, call) {
    const { account } = call
    const { name } = userNamed(store, account, userOrCaller(input.UserName, call))
    if (store.accessKeys(account, name).length >= 2) {
      throw new AwsError('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2')
    }
    const [id, secret, created] = [secrets.uniqueId('AKIA'), secrets.secretAccessKey(), clock.now()]
    store.addAccessKey({ id, secret, created, account, user: name })
    return {
      AccessKey: {
        UserName: name,
        AccessKeyId: id,
        Status: 'Active',
        SecretAccessKey: secret,
        CreateDate: new Date(created),
      },
    }
  },
}
