import type { SetAlarmStateInput } from '@aws-sdk/client-cloudwatch'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { alarmArn, alarmStates } from './alarmModel.ts'
import type { CloudWatch } from './lends.ts'
import { validation } from './refusals.ts'

/** Puts an alarm into a state until it is looked at next, actions and all. */
export const setAlarmState: Operation<CloudWatch, SetAlarmStateInput, object> = {
  resources: ({ AlarmName = '' }, call) => [alarmArn(call, AlarmName)],
  run({ alarms, changeAlarm }, { AlarmName = '', StateValue, StateReason = '', StateReasonData }, { account, region }) {
    const alarm = alarms.find(account, region, AlarmName)
    if (!alarm) throw new AwsError('ResourceNotFound', `Unknown: ${AlarmName}`)
    const state = alarmStates.find(known => known === StateValue)
    if (state === undefined) throw validation(`The value ${String(StateValue)} for parameter StateValue is not valid.`)
    changeAlarm(alarm, { state, reason: StateReason, reasonData: StateReasonData })
    return {}
  },
}
