// npm run dev: the Node shell with hot reload. The renderer is rebuilt as it changes and the page reloads; a change of
// the main process restarts it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureReady, root, run, say } from './bootstrap.mjs'

const node = ensureReady()
// Vite is started on the Node that everything runs on.
if (node !== process.execPath) process.exit(await run(node, process.argv.slice(1)))

const [{ build }, bundles] = await Promise.all([import('vite'), import('./bundles.mjs')])
let shell
let stopping = false

function restart() {
  if (shell) {
    shell.kill('SIGTERM')
    return
  }
  shell = spawn(node, ['--enable-source-maps', join(root, 'out/main/node.js'), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  })
  shell.once('exit', code => {
    shell = undefined
    if (stopping) process.exit(code ?? 0)
    restart()
  })
}

const watching = bundle => ({ ...bundle, build: { ...bundle.build, watch: {} } })
const builds = await Promise.all([
  build(watching(bundles.main)),
  build(watching(bundles.preload)),
  build(watching(bundles.renderer)),
])
for (const [index, watcher] of builds.entries()) {
  watcher.on('event', event => {
    if (event.code === 'ERROR') say(event.error.message)
    if (event.code === 'BUNDLE_END') {
      event.result.close()
      say(`Built ${['main', 'preload', 'renderer'][index]}.`)
      if (index === 0) restart()
    }
  })
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    stopping = true
    for (const watcher of builds) void watcher.close()
    if (shell) shell.kill(signal)
    else process.exit(0)
  })
}
