// npm start: makes ready what is missing, then opens the desk in Electron, or in a browser window where Electron can't be had.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureDebian, ensureReady, fail, onPath, root, run, say } from './bootstrap.mjs'

let values
try {
  values = parseArgs({
    options: {
      shell: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  }).values
} catch (error) {
  fail(`${error.message}\nOptions after "--": --shell=electron|node, --no-open, --port N, --data DIR, --json`)
}
if (values.shell !== undefined && !['electron', 'node'].includes(values.shell))
  fail(`--shell takes electron or node, not "${values.shell}".`)

const node = ensureReady()
const built = await run(node, [join(root, 'resources/scripts/build.mjs')], { stdio: ['ignore', 2, 2] })
if (built !== 0) fail('The build failed; see the lines above.')

/** Electron's program, fetched when it is missing and can be had within a minute. */
function electronBinary() {
  const pathFile = join(root, 'node_modules/electron/path.txt')
  const find = () => existsSync(pathFile) && join(root, 'node_modules/electron/dist', readFileSync(pathFile, 'utf8'))
  const present = find()
  if (present && existsSync(present)) return present
  say('Fetching Electron…')
  spawnSync(node, [join(root, 'node_modules/electron/install.js')], { stdio: 'ignore', timeout: 60_000 })
  const fetched = find()
  return fetched && existsSync(fetched) ? fetched : undefined
}

const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
const wantsElectron =
  values.shell === 'electron' || (values.shell === undefined && !values['no-open'] && !values.json && hasDisplay)
const electron = wantsElectron ? electronBinary() : undefined
if (values.shell === 'electron' && !electron)
  fail('Electron could not be fetched. Use "npm start -- --shell=node" to open the same desk in a browser window.')

const pass = values.data ? ['--data', values.data] : []
if (electron) process.exit(await run(electron, [root, ...pass]))

if (wantsElectron) say('Electron could not be fetched, so the same desk opens in a Chromium window.')
// bubblewrap isolates the builds of the local cloud; without it they run unisolated and their log says so.
const extras = { bwrap: 'bubblewrap' }
if (
  hasDisplay &&
  !values['no-open'] &&
  !['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium-browser'].some(onPath)
)
  extras.chromium = 'chromium'
if (process.platform === 'linux') ensureDebian(extras)
if (values.port) pass.push('--port', values.port)
if (values.json) pass.push('--json')
if (values['no-open']) pass.push('--no-open')
process.exit(await run(node, ['--enable-source-maps', join(root, 'out/main/node.js'), ...pass]))
