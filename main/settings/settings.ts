import type { Settings } from '../../preload/contract/settings.ts'

/** What a person chose; absent members of a change stay as they are. */
export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined }

export interface SettingsService {
  current(): Settings
  /** The settings at once and after each change. */
  watch(signal: AbortSignal | undefined): AsyncIterable<Settings>
  update(change: SettingsChange): Settings
}
