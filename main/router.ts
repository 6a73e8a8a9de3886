import { router } from './base/rpc.ts'

/** The whole of what the renderer may ask: each room's procedures under its own name. */
export function createRouter() {
  return router({})
}

export type AppRouter = ReturnType<typeof createRouter>
