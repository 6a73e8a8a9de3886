import type { CloudDatabase } from '../../state/database.ts'
import { type Alarm, type AlarmState, alarmDefinition } from './alarmModel.ts'

interface Row {
  account: string
  region: string
  definition: string
  state: AlarmState
  reason: string
  reasonData: string | null
  updated: number
  transitioned: number
  configured: number
}

const toAlarm = (row: Row): Alarm => ({
  account: row.account,
  region: row.region,
  definition: alarmDefinition.parse(JSON.parse(row.definition)),
  state: row.state,
  reason: row.reason,
  reasonData: row.reasonData ?? undefined,
  updated: row.updated,
  transitioned: row.transitioned,
  configured: row.configured,
})

/** Rows of alarms. */
export function createAlarmStore(database: CloudDatabase) {
  return {
    find(account: string, region: string, name: string): Alarm | undefined {
      const sql = 'SELECT * FROM cloudwatch_alarm WHERE account = ? AND region = ? AND name = ?'
      const row = database.get<Row>(sql, account, region, name)
      return row && toAlarm(row)
    },
    /** By name, ascending. */
    list: (account: string, region: string): Alarm[] =>
      database
        .all<Row>('SELECT * FROM cloudwatch_alarm WHERE account = ? AND region = ? ORDER BY name', account, region)
        .map(toAlarm),
    all: (): Alarm[] => database.all<Row>('SELECT * FROM cloudwatch_alarm').map(toAlarm),
    any: (): boolean => database.get('SELECT 1 FROM cloudwatch_alarm LIMIT 1') !== undefined,
    put(alarm: Alarm): void {
      database.run(
        `INSERT OR REPLACE INTO cloudwatch_alarm
         (account, region, name, definition, state, reason, reasonData, updated, transitioned, configured)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        alarm.account,
        alarm.region,
        alarm.definition.name,
        JSON.stringify(alarm.definition),
        alarm.state,
        alarm.reason,
        alarm.reasonData ?? null,
        alarm.updated,
        alarm.transitioned,
        alarm.configured,
      )
    },
    remove(account: string, region: string, name: string): void {
      database.run('DELETE FROM cloudwatch_alarm WHERE account = ? AND region = ? AND name = ?', account, region, name)
    },
  }
}

export type AlarmStore = ReturnType<typeof createAlarmStore>
