import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// The entry of the local cloud's process. What Node makes of the sources is kept from one start to the next, which
// halves the time to the first answer; it only helps what is imported after this line.
enableCompileCache()
const { run } = await import('./run.ts')
// The entry lies two folders below `resources/`, as a source and as a bundle alike; bundled chunks lie elsewhere.
await run(process.argv.slice(2), process.env, join(import.meta.dirname, '../../resources'))
