// npm test: lint, types, layers, unit, wire and browser tests. Its last line counts; non-zero on any failure.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bin, ensureDebian, ensureReady, root, run, say } from './bootstrap.mjs'

const node = ensureReady()
const missing =
  process.platform === 'linux'
    ? ensureDebian({ git: 'git', chromium: 'chromium', bwrap: 'bubblewrap', aws: 'awscli' })
    : []
for (const program of missing) say(`Not on this machine: ${program}. The tests that need it say so.`)

const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const total = { passed: 0, failed: 0, skipped: 0 }
/** One check that passes or fails as a whole. */
async function check(name, args) {
  say(`\n── ${name}`)
  const code = await run(node, args)
  if (code === 0) total.passed++
  else total.failed++
}
/** A runner with a report to read; a runner that left none has failed. */
async function suite(name, args, report, count) {
  say(`\n── ${name}`)
  const code = await run(node, args)
  if (!existsSync(report)) {
    total.failed++
    return
  }
  const counted = count(JSON.parse(readFileSync(report, 'utf8')))
  total.passed += counted.passed
  total.skipped += counted.skipped
  // A runner may fail without a failing test, e.g. on an error between tests.
  total.failed += code === 0 ? counted.failed : Math.max(counted.failed, 1)
}

await check('types', [bin('typescript', 'tsc'), '-b'])
await check('lint', [bin('oxlint'), '--type-aware'])
await check('format', [bin('@biomejs/biome', 'biome'), 'check', '.'])
await check('unused code', [bin('knip')])

const unit = join(results, 'unit.json')
await suite(
  'unit and wire',
  [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`],
  unit,
  report => ({
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
)

say('\n── build')
const built = await run(node, [join(root, 'resources/scripts/build.mjs')])
if (built === 0) {
  total.passed++
  const browser = join(results, 'browser.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = browser
  await suite(
    'browser',
    [bin('@playwright/test', 'playwright'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
    browser,
    ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }),
  )
} else total.failed++

if (total.skipped > 0) say(`\n${total.skipped} skipped; each says why above.`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)
