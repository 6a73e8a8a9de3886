import { enableCompileCache } from 'node:module'

// The entry of the local cloud's process. What Node makes of the sources is kept from one start to the next, which
// halves the time to the first answer; it only helps what is imported after this line.
enableCompileCache()
const { run } = await import('./run.ts')
await run(process.argv.slice(2), process.env)
