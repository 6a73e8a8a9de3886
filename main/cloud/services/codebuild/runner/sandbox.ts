import { execFile } from 'node:child_process'
import { accessSync, constants, existsSync, lstatSync, readlinkSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { mounts, type Workspace, within } from './workspace.ts'

/** Whether builds of this machine are walled off from the rest of it. */
export type Sandbox = { kind: 'bubblewrap'; program: string; network: Network } | { kind: 'none'; reason: string }

/**
 * `machine`: a build reaches what the machine reaches, as CodeBuild's own do outside of a VPC: package registries, and
 * the local cloud itself. `loopback`: an empty network of its own.
 */
export type Network = 'machine' | 'loopback'

const run = promisify(execFile)
const probeTimeout = 5_000

/** System directories that a build may read. Where one is a link (merged /usr), the link is made again. */
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

/** Finds bubblewrap and tries it once with the very walls that builds get. */
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

/** The command line that runs `command` within a build's walls. */
export function enclose(
  sandbox: Sandbox,
  workspace: Workspace,
  readOnly: readonly { from: string; to: string }[],
  command: readonly [string, ...string[]],
): [string, ...string[]] {
  if (sandbox.kind === 'none') return [...command]
  const own = mounts.flatMap(([ours, theirs]) => ['--bind', join(workspace.root, ours), theirs])
  const tools = readOnly.flatMap(({ from, to }) => ['--ro-bind', from, to])
  const where = ['--chdir', workspace.inside(workspace.source)]
  return [sandbox.program, ...walls(sandbox.network), ...own, ...tools, ...where, ...command]
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

/** Whether a sandboxed build sees this path by itself. */
export const seenInside = (path: string) => existsSync(path) && systemDirectories.some(d => within(d, resolve(path)))
