import { create } from 'zustand'
import { defaultSettings } from '../../preload/contract/defaultSettings.ts'
import type { Settings } from '../../preload/contract/settings.ts'
import { zoneOf } from '../format/instant.ts'
import { failureOf } from '../rpc/failureOf.ts'
import { rpc } from '../rpc/rpc.ts'
import { announce } from './status.ts'

export interface SettingsState {
  settings: Settings
  /** False until main has told them once. */
  known: boolean
}

export const useSettings = create<SettingsState>(() => ({ settings: defaultSettings, known: false }))

/** The IANA zone that times are shown in. */
export const useZone = (): string => useSettings(state => zoneOf(state.settings.timeZone))

/** Changes settings: shown at once, kept by main; taken back with a sentence where main refuses. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = useSettings.getState().settings
  useSettings.setState({ settings: { ...before, ...change } })
  try {
    useSettings.setState({ settings: await rpc.settings.update.mutate(change) })
  } catch (thrown) {
    useSettings.setState({ settings: before })
    announce(`Settings were not kept: ${failureOf(thrown).message}`)
  }
}
