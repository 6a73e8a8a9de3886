import type { Settings } from './settings.ts'

/** What holds until a person has set something. Apart from the schemas, so that the page needs no zod to know it. */
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'rows',
  timeZone: 'utc',
  savedViews: [],
  welcomed: false,
  eventQueues: [],
}
