import { defineConfig } from '@playwright/test'
import { electronBinary } from './electronBinary.ts'

const electron = electronBinary()
// Said once: workers load this file too.
if (!electron && process.env.TEST_WORKER_INDEX === undefined)
  process.stderr.write(
    "Electron's binary is not on this machine (npm start fetches it where it can be had): the browser suite runs in the Node shell only.\n",
  )

/** The browser suite: one suite, both shells. `node` runs everywhere; `electron` wherever its binary is. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results/browser',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'node', metadata: { shell: 'node' } },
    ...(electron ? [{ name: 'electron', metadata: { shell: 'electron' } }] : []),
  ],
})
