import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, lstatSync, readlinkSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { within } from './within.ts'

/** Whether what customers run on this machine is walled off from the rest of it. */
export type Sandbox = { kind: 'bubblewrap'; program: string; network: Network } | { kind: 'none'; reason: string }

/**
 * `machine`: it reaches what the machine reaches, as CodeBuild's builds and Lambda's functions do outside of a VPC: package registries, and
 * the local cloud itself. `loopback`: an empty network of its own.
 */
export type Network = 'machine' | 'loopback'

const run = promisify(execFile)
const probeTimeout = 5_000

/** System directories that may be read. Where one is a link (merged /usr), the link is made again. */
const systemDirectories = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']
/** What programs need of /etc: names, certificates, the loader's cache, Debian's alternatives. No secrets. */
const etc = [
  'alternatives',
  'ca-certificates',
  'ca-certificates.conf',
  'fonts',
  'group',
  'hosts',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'magic',
  'mime.types',
  'nsswitch.conf',
  'passwd',
  'pki',
  'protocols',
  'resolv.conf',
  'services',
  'ssl',
  'timezone',
]

/** Finds bubblewrap and tries it once with the very walls that will be built. */
export async function probeSandbox(network: Network): Promise<Sandbox> {
  const program = onPath('bwrap')
  if (!program) return { kind: 'none', reason: 'bubblewrap (bwrap) is not installed' }
  try {
    await run(program, [...walls(network), '/bin/sh', '-c', 'true'], { timeout: probeTimeout, env: {} })
    return { kind: 'bubblewrap', program, network }
  } catch (error) {
    const said = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error)
    return { kind: 'none', reason: `bubblewrap does not work on this machine (${said})` }
  }
}

/** What a walled-off process sees besides the system's programs. */
export interface View {
  /** Directories of ours, by where they are seen. */
  writable: readonly Mount[]
  readOnly: readonly Mount[]
  /** Where it starts, as it sees it. */
  directory: string
}

export interface Mount {
  from: string
  to: string
}

/** The command line that runs `command` within walls, or as it is where this machine has none. */
export function enclose(sandbox: Sandbox, view: View, command: readonly [string, ...string[]]): [string, ...string[]] {
  if (sandbox.kind === 'none') return [...command]
  const own = view.writable.flatMap(({ from, to }) => ['--bind', from, to])
  const seen = view.readOnly.flatMap(({ from, to }) => ['--ro-bind', from, to])
  return [sandbox.program, ...walls(sandbox.network), ...own, ...seen, '--chdir', view.directory, ...command]
}

function walls(network: Network): string[] {
  const system = systemDirectories.flatMap(path => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found) return []
    return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
  })
  return [
    '--die-with-parent',
    '--unshare-user-try',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--unshare-cgroup-try',
    ...(network === 'loopback' ? ['--unshare-net'] : []),
    ...system,
    ...etc.flatMap(name => ['--ro-bind-try', join('/etc', name), join('/etc', name)]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/dev/shm',
    '--dir',
    '/var/tmp',
  ]
}

/** A program of the cloud's own PATH. */
export function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(directory => directory.startsWith('/'))
    .map(directory => join(directory, name))
    .find(file => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** Whether this path is seen within walls by itself. */
export const seenInside = (path: string) => existsSync(path) && systemDirectories.some(d => within(d, resolve(path)))
