import type { Settings } from '../../preload/contract/settings.ts'
import { createBell } from '../base/bell.ts'
import type { SettingsStore } from '../store/settings.ts'

/** What a person changes; absent members stay as they are. */
export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined }

/** What a person chose for this desk. */
export interface SettingsService {
  current(): Settings
  /** The settings at once and after each change. */
  watch(signal: AbortSignal | undefined): AsyncIterable<Settings>
  update(change: SettingsChange): Settings
}

export function createSettings(store: SettingsStore): SettingsService {
  const bell = createBell()
  let settings = store.load()
  return {
    current: () => settings,
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) yield settings
    },
    update({
      theme = settings.theme,
      density = settings.density,
      timeZone = settings.timeZone,
      savedViews = settings.savedViews,
    }) {
      const changed: Settings = { theme, density, timeZone, savedViews }
      store.save(changed)
      settings = changed
      bell.ring()
      return settings
    },
  }
}
