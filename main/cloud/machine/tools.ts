import { realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { onPath, type Sandbox, seenInside } from './sandbox.ts'

/** What a build finds on its PATH besides the system's programs. */
export interface Tools {
  path: string
  /** Directories to show a sandboxed build. */
  mounts: readonly { from: string; to: string }[]
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * The Node that runs the cloud comes first, so that a build can use it with no network. In Electron the running
 * program is no Node, and the machine's own is taken. npm stands beside Node, or where the machine has it.
 */
export function buildTools(sandbox: Sandbox): Tools {
  const node = process.versions['electron'] === undefined ? process.execPath : onPath('node')
  const homes = [node, onPath('npm')]
    .flatMap(program => (program ? [installation(program)] : []))
    .filter(home => !systemPath.split(':').includes(home.bin))
  if (sandbox.kind === 'none') {
    const own = (process.env['PATH'] ?? '').split(delimiter)
    return { path: unique([...homes.map(home => home.bin), ...systemPath.split(':'), ...own]).join(':'), mounts: [] }
  }
  const placed = homes.map((home, index) =>
    seenInside(home.bin)
      ? { bin: home.bin }
      : { bin: join(`/opt/tools/${index}`, home.below), mount: home.prefix, index },
  )
  return {
    path: unique([...placed.map(home => home.bin), ...systemPath.split(':')]).join(':'),
    mounts: placed.flatMap(({ mount, index }) => (mount ? [{ from: mount, to: `/opt/tools/${index}` }] : [])),
  }
}

/** A program that is also there within walls: the system's own. */
export function systemProgram(sandbox: Sandbox, name: string): string | undefined {
  if (sandbox.kind === 'none') return onPath(name)
  return systemPath
    .split(':')
    .map(directory => join(directory, name))
    .find(seenInside)
}

/** A program's directory, and the directory to show for it: npm in `<prefix>/bin` needs `<prefix>/lib`. */
function installation(program: string): { bin: string; prefix: string; below: string } {
  const bin = seenInside(program) ? dirname(program) : realBin(program)
  const whole = basename(bin) === 'bin'
  return { bin, prefix: whole ? dirname(bin) : bin, below: whole ? 'bin' : '' }
}

/** Where the program lies, unless it is a script below the `lib` of the same prefix (npm), then its link's place. */
function realBin(program: string): string {
  const real = realpathSync(program)
  return basename(dirname(real)) === 'bin' && basename(real) === basename(program) ? dirname(real) : dirname(program)
}

const unique = (names: readonly string[]) => [...new Set(names.filter(name => name !== ''))]
