import { z } from 'zod'

export const Theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>

export const SavedView = z.object({ name: z.string().min(1).max(60), filter: z.string().max(500) })
export type SavedView = z.infer<typeof SavedView>

export const Settings = z.object({
  theme: Theme,
  density: z.enum(['tiles', 'rows', 'lines']),
  /** How times are shown; the zone is always written beside them. */
  timeZone: z.enum(['local', 'utc']),
  savedViews: z.array(SavedView).max(50),
})
export type Settings = z.infer<typeof Settings>

export { defaultSettings } from './defaultSettings.ts'
