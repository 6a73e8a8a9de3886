import type { EnableAlarmActionsInput } from '@aws-sdk/client-cloudwatch'
import type { Operation } from '../../server/operation.ts'
import { alarmArn } from './alarmModel.ts'
import type { CloudWatch } from './lends.ts'

export const enableAlarmActions: Operation<CloudWatch, EnableAlarmActionsInput, object> = {
  resources: ({ AlarmNames = [] }, call) => AlarmNames.map(name => alarmArn(call, name)),
  run({ alarms }, { AlarmNames = [] }, { account, region }) {
    for (const name of AlarmNames) {
      const alarm = alarms.find(account, region, name)
      if (alarm) alarms.put({ ...alarm, definition: { ...alarm.definition, actionsEnabled: true } })
    }
    return {}
  },
}
