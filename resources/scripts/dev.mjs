// npm run dev: the Node shell with hot reload. Vite serves the renderer and passes the desk's own paths on to the shell;
// a change of the main process rebuilds and restarts it.
import { spawn } from 'node:child_process'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { ensureReady, root, run, say } from './bootstrap.mjs'

const node = ensureReady()
// Vite is started on the Node that everything runs on.
if (node !== process.execPath) process.exit(await run(node, process.argv.slice(1)))

const [{ build, createServer }, bundles] = await Promise.all([import('vite'), import('./bundles.mjs')])

/** A port that is free now; the shell keeps it over its restarts. */
const port = await new Promise(done => {
  const probe = createTcpServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address()
    probe.close(() => done(port))
  })
})

const target = `http://127.0.0.1:${port}`
// The shell checks Host and Origin exactly; seen through the proxy both are its own.
const toShell = {
  target,
  ws: true,
  changeOrigin: true,
  configure: proxy => {
    for (const event of ['proxyReq', 'proxyReqWs'])
      proxy.on(event, request => request.getHeader('origin') && request.setHeader('origin', target))
  },
}
const vite = await createServer({
  ...bundles.renderer,
  server: { host: '127.0.0.1', proxy: { '/trpc': toShell, '/_launch': toShell } },
})
await vite.listen()
const page = vite.resolvedUrls.local[0]

let shell
let stopping = false
function startShell() {
  const args = [
    '--enable-source-maps',
    join(root, 'out/main/node.js'),
    '--json',
    '--no-open',
    '--port',
    String(port),
    ...process.argv.slice(2),
  ]
  shell = spawn(node, args, { cwd: root, stdio: ['inherit', 'pipe', 'inherit'] })
  shell.stdout
    .setEncoding('utf8')
    .on('data', line => say(`\n  ${new URL(new URL(JSON.parse(line).url).search, `${page}_launch`)}\n`))
  shell.once('exit', () => {
    shell = undefined
    if (!stopping) startShell()
  })
}

const watcher = await build({ ...bundles.main, build: { ...bundles.main.build, watch: {} } })
watcher.on('event', event => {
  if (event.code === 'ERROR') say(event.error.message)
  if (event.code !== 'BUNDLE_END') return
  void event.result.close()
  if (shell) shell.kill('SIGTERM')
  else startShell()
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    stopping = true
    shell?.kill(signal)
    void Promise.all([watcher.close(), vite.close()]).finally(() => process.exit(0))
  })
}
