import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

// The entry of the local cloud's process. Left alone, V8 lets a few hundred MB of dead requests lie before it looks at
// them. A young generation that does not grow and an old one that is looked at when it is half as large again keep a
// busy cloud with 1,000 pipelines at half the memory, for no measurable time of a small request.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=50')
// What Node makes of the sources is kept from one start to the next, which halves the time to the first answer; it only
// helps what is imported after this line.
enableCompileCache()
const { run } = await import('./run.ts')
// The entry lies two folders below `resources/`, as a source and as a bundle alike; bundled chunks lie elsewhere.
await run(process.argv.slice(2), process.env, join(import.meta.dirname, '../../resources'))
