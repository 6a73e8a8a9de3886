import { defineConfig } from '@playwright/test'

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
    { name: 'electron', metadata: { shell: 'electron' } },
  ],
})
