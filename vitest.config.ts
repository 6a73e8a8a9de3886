import { defineConfig } from 'vitest/config'

/** Unit and wire tests. The browser suite is Playwright's, in `e2e/`. */
export default defineConfig({
  test: {
    include: ['main/**/*.test.ts', 'preload/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    // The palette's test measures the very file that is shipped.
    css: { include: [/tokens\.css/] },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: process.env.CI ? ['default'] : ['default'],
  },
})
