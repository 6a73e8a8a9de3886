import type { DeleteAlarmsInput } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { alarmArn } from './alarmModel.ts'
import type { CloudWatch } from './lends.ts'

/** All of the named alarms, or none where one of them is not there. */
export const deleteAlarms: Operation<CloudWatch, DeleteAlarmsInput, object> = {
  resources: ({ AlarmNames = [] }, call) => AlarmNames.map(name => alarmArn(call, name)),
  run({ alarms }, { AlarmNames = [] }, { account, region }) {
    const missing = AlarmNames.filter(name => !alarms.find(account, region, name))
    if (missing.length > 0) throw new AwsError('ResourceNotFound', `Unknown: ${missing.join(', ')}`)
    for (const name of AlarmNames) alarms.remove(account, region, name)
    return {}
  },
}
