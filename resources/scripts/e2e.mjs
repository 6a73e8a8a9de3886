// npm run e2e: the browser suite alone. Arguments after "--" go to Playwright.
import { join } from 'node:path'
import { bin, ensureDebian, ensureReady, root, run } from './bootstrap.mjs'

const node = ensureReady()
if (process.platform === 'linux') ensureDebian({ git: 'git', chromium: 'chromium', bwrap: 'bubblewrap' })
const built = await run(node, [join(root, 'resources/scripts/build.mjs')])
if (built !== 0) process.exit(built)
process.exit(
  await run(node, [
    bin('@playwright/test', 'playwright'),
    'test',
    '--config',
    'e2e/playwright.config.ts',
    ...process.argv.slice(2),
  ]),
)
