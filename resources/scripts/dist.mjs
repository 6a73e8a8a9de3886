// npm run dist: installers by electron-builder. Arguments after "--" go to it, e.g. --linux --dir.
import { join } from 'node:path'
import { bin, ensureReady, root, run } from './bootstrap.mjs'

const node = ensureReady()
const built = await run(node, [join(root, 'resources/scripts/build.mjs')])
if (built !== 0) process.exit(built)
process.exit(
  await run(node, [
    bin('electron-builder'),
    '--config',
    'electron-builder.yml',
    '--publish',
    'never',
    ...process.argv.slice(2),
  ]),
)
