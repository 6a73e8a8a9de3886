import { defineConfig } from 'vitest/config'

/** Unit and wire tests. The browser suite is Playwright's, in `e2e/`. */
export default defineConfig({
  test: {
    include: ['main/**/*.test.ts', 'preload/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}', 'e2e/**/*.test.ts'],
    // The palette's test measures the very file that is shipped.
    css: { include: [/tokens\.css/] },
    // Most files wait for processes of their own: two side by side take little more than one, also on two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
