import { Settings } from '../../preload/contract/settings.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { SettingsService } from './settings.ts'

export function settingsRouter(settings: SettingsService) {
  return router({
    watch: procedure.output(streamOf(Settings)).subscription(({ signal }) => settings.watch(signal)),
    update: procedure
      .input(Settings.partial())
      .output(Settings)
      .mutation(({ input }) => settings.update(input)),
  })
}
