// Builds out/: main process, preload, renderer. Skips what is newer than its sources.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, say } from './bootstrap.mjs'

const mark = join(root, 'out', '.built')

/** A fingerprint of everything that the build reads: names, sizes and times of the sources, and the lock file. */
function fingerprint() {
  const hash = createHash('sha256')
  const visit = path => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const child = `${path}/${entry.name}`
      if (entry.isDirectory()) visit(child)
      else if (!/\.test\.tsx?$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(join(root, child))
        hash.update(`${child} ${size} ${mtimeMs}\n`)
      }
    }
  }
  for (const folder of ['main', 'preload', 'renderer', 'resources/scripts']) visit(folder)
  for (const file of ['resources/prices.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** Builds what is stale; true when something was built. */
export async function buildIfStale() {
  const now = fingerprint()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return false
  say('Building…')
  const [{ build }, bundles] = await Promise.all([import('vite'), import('./bundles.mjs')])
  await Promise.all([build(bundles.main), build(bundles.preload), build(bundles.renderer)])
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(mark, now)
  return true
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { ensureReady, run } = await import('./bootstrap.mjs')
  const node = ensureReady()
  // Vite is started on the Node that everything runs on.
  if (node !== process.execPath) process.exit(await run(node, [process.argv[1], ...process.argv.slice(2)]))
  if (!(await buildIfStale())) say('Nothing to build: out/ is newer than its sources.')
}
