import { mkdirSync, rmSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { within } from '../../../machine/within.ts'

/**
 * A build's own directory, and where the build sees its parts. Inside a sandbox these are CodeBuild's own paths,
 * without one they are the real ones.
 */
export interface Workspace {
  root: string
  /** Where the primary source lies. */
  source: string
  /** Where a secondary input lies. */
  input(name: string): string
  home: string
  temporary: string
  /** Command scripts and the shell's saved state. */
  control: string
  /** The named pipe that takes all output. */
  outputPipe: string
  /** The path by which the build knows a path of ours. */
  inside(path: string): string
  /** Ours for a path that the build named (relative to the source), or undefined where it is not the build's own. */
  outside(path: string): string | undefined
  remove(): void
}

/** What is mounted where, for a sandboxed build: our directory → its own. */
export const mounts = [
  ['output', '/codebuild/output'],
  ['home', '/root'],
  ['tmp', '/tmp'],
] as const

/** Makes the directories of a build. `sandboxed` decides which paths the build sees. */
export function makeWorkspace(root: string, uuid: string, sandboxed: boolean): Workspace {
  // AWS puts the source at /codebuild/output/src<digits>/src.
  const digits = String(Number.parseInt(uuid.slice(0, 8), 16))
  const source = join(root, 'output', `src${digits}`, 'src')
  const control = join(root, 'output', 'tmp')
  const home = join(root, 'home')
  const temporary = join(root, 'tmp')
  for (const directory of [source, control, home, temporary, join(root, 'output', 'inputs')])
    mkdirSync(directory, { recursive: true, mode: 0o700 })
  const map = mounts.map(([ours, theirs]) => ({
    ours: join(root, ours),
    theirs: sandboxed ? theirs : join(root, ours),
  }))
  const inside = (path: string) => {
    const mount = map.find(({ ours }) => within(ours, path))
    return mount ? posix.join(mount.theirs, relative(mount.ours, path)) : path
  }
  return {
    root,
    source,
    input: name => join(root, 'output', 'inputs', name),
    home,
    temporary,
    control,
    outputPipe: join(root, 'output.pipe'),
    inside,
    outside(path) {
      const named = posix.resolve(inside(source), path)
      const mount = map.find(({ theirs }) => within(theirs, named))
      return mount && join(mount.ours, relative(mount.theirs, named))
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
