import type { CloudDatabase } from '../../state/database.ts'

const steps = [
  `CREATE TABLE events_bus (account TEXT, region TEXT, bus TEXT, created INTEGER NOT NULL,
     PRIMARY KEY (account, region, bus)) WITHOUT ROWID;
   CREATE TABLE events_rule (
     id INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL, bus TEXT NOT NULL, name TEXT NOT NULL,
     pattern TEXT, description TEXT, roleArn TEXT, enabled INTEGER NOT NULL, UNIQUE (account, region, bus, name));
   CREATE TABLE events_target (
     rule INTEGER NOT NULL REFERENCES events_rule (id) ON DELETE CASCADE, id TEXT NOT NULL, target TEXT NOT NULL,
     PRIMARY KEY (rule, id)) WITHOUT ROWID;
   CREATE TABLE events_delivery (
     id INTEGER PRIMARY KEY AUTOINCREMENT, ruleArn TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL,
     created INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL);
   CREATE INDEX events_delivery_due ON events_delivery (due, id);`,
  `ALTER TABLE events_bus ADD COLUMN policy TEXT;`,
  `ALTER TABLE events_rule ADD COLUMN schedule TEXT;
   ALTER TABLE events_rule ADD COLUMN scheduledFrom INTEGER NOT NULL DEFAULT 0;`,
]

/** Makes the tables of this room. */
export function migrateEventBridge(database: CloudDatabase): void {
  database.migrate('eventbridge', steps)
}
