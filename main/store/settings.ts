import { defaultSettings, Settings } from '../../preload/contract/settings.ts'
import type { Database } from './database.ts'
import { fittingOne } from './json.ts'

export interface SettingsStore {
  load(): Settings
  save(settings: Settings): void
}

/** One row. A member that an older desk did not know has its default. */
export function settingsStore(database: Database): SettingsStore {
  return {
    load: () =>
      Settings.parse({
        ...defaultSettings,
        ...fittingOne(database.get('SELECT json FROM settings WHERE id = 1'), Settings.partial()),
      }),
    save: settings =>
      database.run(
        'INSERT INTO settings (id, json) VALUES (1, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
        JSON.stringify(settings),
      ),
  }
}
