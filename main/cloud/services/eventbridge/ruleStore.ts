import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type BusName, type Rule, type Target, targetModel } from './model.ts'
import { type Pattern, parsePattern } from './pattern.ts'

/** A rule that events are held against. */
export interface LiveRule extends Rule {
  match: Pattern
}

interface Row extends Omit<Rule, 'pattern' | 'description' | 'roleArn' | 'enabled' | 'schedule'> {
  pattern: string | null
  description: string | null
  roleArn: string | null
  enabled: number
  schedule: string | null
}

const toRule = ({ pattern, description, roleArn, enabled, schedule, ...row }: Row): Rule => ({
  ...row,
  pattern: pattern ?? undefined,
  description: description ?? undefined,
  roleArn: roleArn ?? undefined,
  enabled: enabled === 1,
  schedule: schedule ?? undefined,
})

/** Rows of buses, rules and targets, and in memory the rules that events are held against. */
export function createRuleStore(database: CloudDatabase, onChange: () => void = () => {}) {
  /** By account, region and bus; read again after any change. */
  let live: Map<string, LiveRule[]> | undefined
  const keyOf = ({ account, region, bus }: BusName) => `${account}/${region}/${bus}`
  const load = () => {
    const loaded = new Map<string, LiveRule[]>()
    for (const row of database.all<Row>('SELECT * FROM events_rule WHERE enabled = 1 AND pattern IS NOT NULL')) {
      const rule = toRule(row)
      const key = keyOf(rule)
      loaded.set(key, [...(loaded.get(key) ?? []), { ...rule, match: parsePattern(rule.pattern ?? '') }])
    }
    return loaded
  }
  const change = (sql: string, ...params: (string | number | null)[]) => {
    live = undefined
    const changed = database.run(sql, ...params)
    onChange()
    return changed
  }
  return {
    live(bus: BusName): readonly LiveRule[] {
      live ??= load()
      return live.get(keyOf(bus)) ?? []
    },
    /** The rules that run on a schedule, of all accounts. */
    scheduled: (): Rule[] =>
      database.all<Row>('SELECT * FROM events_rule WHERE enabled = 1 AND schedule IS NOT NULL ORDER BY id').map(toRule),
    hasBus: ({ account, region, bus }: BusName): boolean =>
      bus === 'default' ||
      database.get('SELECT 1 FROM events_bus WHERE account = ? AND region = ? AND bus = ?', account, region, bus) !==
        undefined,
    buses: (account: string, region: string): { bus: string; created: Millis }[] =>
      database.all<{ bus: string; created: number }>(
        'SELECT bus, created FROM events_bus WHERE account = ? AND region = ? ORDER BY bus',
        account,
        region,
      ),
    createBus({ account, region, bus }: BusName, created: Millis): void {
      change(
        'INSERT INTO events_bus (account, region, bus, created) VALUES (?, ?, ?, ?)',
        account,
        region,
        bus,
        created,
      )
    },
    /** Who else may put events on the bus; undefined for nobody. */
    policyOf: ({ account, region, bus }: BusName): string | undefined =>
      database.get<{ policy: string | null }>(
        'SELECT policy FROM events_bus WHERE account = ? AND region = ? AND bus = ?',
        account,
        region,
        bus,
      )?.policy ?? undefined,
    putPolicy({ account, region, bus }: BusName, policy: string): void {
      change(
        'UPDATE events_bus SET policy = ? WHERE account = ? AND region = ? AND bus = ?',
        policy,
        account,
        region,
        bus,
      )
    },
    removeBus({ account, region, bus }: BusName): void {
      change('DELETE FROM events_bus WHERE account = ? AND region = ? AND bus = ?', account, region, bus)
    },
    find({ account, region, bus }: BusName, name: string): Rule | undefined {
      const row = database.get<Row>(
        'SELECT * FROM events_rule WHERE account = ? AND region = ? AND bus = ? AND name = ?',
        account,
        region,
        bus,
        name,
      )
      return row && toRule(row)
    },
    /** By name, ascending, after `after`. */
    list: ({ account, region, bus }: BusName, by: { prefix: string; after: string; limit: number }): Rule[] =>
      database
        .all<Row>(
          `SELECT * FROM events_rule WHERE account = ? AND region = ? AND bus = ? AND name > ?
           AND substr(name, 1, length(?)) = ? ORDER BY name LIMIT ?`,
          account,
          region,
          bus,
          by.after,
          by.prefix,
          by.prefix,
          by.limit,
        )
        .map(toRule),
    put(rule: Omit<Rule, 'id'>): void {
      change(
        `INSERT INTO events_rule (account, region, bus, name, pattern, description, roleArn, enabled, schedule, scheduledFrom)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, region, bus, name) DO UPDATE SET
         scheduledFrom = CASE WHEN schedule IS excluded.schedule AND enabled THEN scheduledFrom ELSE excluded.scheduledFrom END,
         schedule = excluded.schedule,
         pattern = excluded.pattern, description = excluded.description, roleArn = excluded.roleArn, enabled = excluded.enabled`,
        rule.account,
        rule.region,
        rule.bus,
        rule.name,
        rule.pattern ?? null,
        rule.description ?? null,
        rule.roleArn ?? null,
        rule.enabled ? 1 : 0,
        rule.schedule ?? null,
        rule.scheduledFrom,
      )
    },
    /** One that was disabled runs on its schedule as if it were made now. */
    enable(rule: Rule, enabled: boolean, at: Millis): void {
      const since = rule.enabled ? rule.scheduledFrom : at
      change('UPDATE events_rule SET enabled = ?, scheduledFrom = ? WHERE id = ?', enabled ? 1 : 0, since, rule.id)
    },
    remove(rule: Rule): void {
      change('DELETE FROM events_rule WHERE id = ?', rule.id)
    },
    targets: (rule: Pick<Rule, 'id'>): Target[] =>
      database
        .all<{ target: string }>('SELECT target FROM events_target WHERE rule = ? ORDER BY id', rule.id)
        .map(({ target }) => targetModel.parse(JSON.parse(target))),
    putTarget(rule: Rule, target: Target): void {
      const sql = 'INSERT OR REPLACE INTO events_target (rule, id, target) VALUES (?, ?, ?)'
      change(sql, rule.id, target.Id, JSON.stringify(target))
    },
    removeTarget: (rule: Rule, id: string): boolean =>
      change('DELETE FROM events_target WHERE rule = ? AND id = ?', rule.id, id).changes > 0,
  }
}

export type RuleStore = ReturnType<typeof createRuleStore>
