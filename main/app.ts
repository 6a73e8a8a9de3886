import { type AppRouter, createRouter } from './router.ts'
import type { Host } from './shell/host.ts'

/** The desk: every service built once. A shell hosts it. */
export interface App {
  router: AppRouter
  start(): Promise<void>
  stop(): Promise<void>
}

/** The composition root. */
export function createApp(_host: Host): App {
  return { router: createRouter(), start: async () => {}, stop: async () => {} }
}
