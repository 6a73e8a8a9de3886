// npm run bench: every benchmark of e2e/bench, each against a named peer or limit in the same run.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureReady, root, run, say } from './bootstrap.mjs'

const node = ensureReady()
const folder = join(root, 'e2e/bench')
const wanted = process.argv.slice(2)
const benches = readdirSync(folder).filter(
  name => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some(part => name.includes(part))),
)
if (benches.length === 0)
  say(`No benchmark is named like ${wanted.join(' or ')}; there are ${readdirSync(folder).join(', ')}.`)
let worst = 0
for (const name of benches) {
  say(`\n── ${name.replace('.bench.ts', '')}`)
  worst = Math.max(worst, await run(node, ['--expose-gc', join(folder, name)]))
}
process.exit(worst)
