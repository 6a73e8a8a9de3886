import { Failure } from './base/failure.ts'
import { type AppRouter, createRouter } from './router.ts'
import type { Host } from './shell/host.ts'

/** The desk: every service built once. A shell hosts it. */
export interface App {
  router: AppRouter
  start(): Promise<void>
  stop(): Promise<void>
}

/** A service whose making is under way: every call says so. */
function notReady<T extends object>(room: string): T {
  return new Proxy({} as T, {
    get: () => () => {
      throw new Failure({ code: 'NotReady', message: `${room} can't answer yet.`, next: 'Try again later.' })
    },
  })
}

/** The composition root. */
export function createApp(_host: Host): App {
  const router = createRouter({
    accounts: notReady('Accounts'),
    meter: notReady('The call meter'),
    pipelines: notReady('Pipelines'),
    operations: notReady('Operations'),
    settings: notReady('Settings'),
  })
  return { router, start: async () => {}, stop: async () => {} }
}
