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
  /** Called after each change; gives how to stop. */
  onChange(listener: () => void): () => void
  update(change: SettingsChange): Settings
}

export function createSettings(store: SettingsStore): SettingsService {
  const bell = createBell()
  const listeners = new Set<() => void>()
  let settings = store.load()
  return {
    current: () => settings,
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) yield settings
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    update({
      theme = settings.theme,
      density = settings.density,
      timeZone = settings.timeZone,
      savedViews = settings.savedViews,
      welcomed = settings.welcomed,
      eventQueues = settings.eventQueues,
    }) {
      const changed: Settings = {
        theme,
        density,
        timeZone,
        savedViews,
        welcomed,
        eventQueues: [...new Set(eventQueues)],
      }
      store.save(changed)
      settings = changed
      bell.ring()
      for (const listener of listeners) listener()
      return settings
    },
  }
}
