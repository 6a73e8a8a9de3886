import { readdirSync, readFileSync } from 'node:fs'

/** A process as the system knows it. The start time tells it from a later one with the same number. */
export interface ProcessIdentity {
  pid: number
  /** Clock ticks since boot, from /proc; absent where there is no /proc. */
  startTicks?: string
}

/** Where to look for a build's processes. */
export interface Reach {
  /** The shell's process group, while the shell lives: its number may be another's afterwards. */
  group: number | undefined
  /** The start of the build's first shell, in ticks: nothing of the build is older. */
  since: string | undefined
}

interface ProcessRow {
  pid: number
  parent: number
  group: number
  name: string
  startTicks: string
}

/** Who a process is, or undefined where it is gone. Without /proc the number alone. */
export function identify(pid: number): ProcessIdentity | undefined {
  const row = readRow(pid)
  if (row) return { pid, startTicks: row.startTicks }
  return process.platform === 'linux' ? undefined : { pid }
}

/**
 * Every process of a build: those of its process group, and those that carry its id in their environment, wherever
 * they moved to. Only Linux shows environments; elsewhere it is the group alone, which a signal reaches anyway.
 */
function membersOf(buildId: string, { group, since = '0' }: Reach): ProcessRow[] {
  if (process.platform !== 'linux') return []
  const mark = Buffer.from(`\0CODEBUILD_BUILD_ID=${buildId}\0`)
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const row = readRow(Number(name))
      if (!row || Number(row.startTicks) < Number(since)) return []
      return row.group === group || environment(row.pid).includes(mark) ? [row] : []
    })
}

/** The build's own processes, without the walls and the shell that drives its commands. */
export function commandsOf(buildId: string, reach: Reach): number[] {
  const members = membersOf(buildId, reach)
  const walls = new Set(members.filter(row => row.name === 'bwrap').map(row => row.pid))
  return members
    .filter(row => !walls.has(row.pid) && !walls.has(row.parent) && row.pid !== reach.group)
    .map(row => row.pid)
}

/** Holds the shell still, so that it does not go on to its next command while the present one is ended. */
export function holdShell(buildId: string, reach: Reach): void {
  const members = membersOf(buildId, reach)
  const walls = new Set(members.filter(row => row.name === 'bwrap').map(row => row.pid))
  const drivers = members.filter(row =>
    walls.size > 0 ? walls.has(row.parent) && row.name !== 'bwrap' : row.pid === reach.group,
  )
  for (const { pid } of drivers) signal(pid, 'SIGSTOP')
}

/** Kills all that is left of a build at once, until nothing is. */
export function killAll(buildId: string, reach: Reach): void {
  // A process may fork while it is looked for: its child is found in the next round.
  for (let round = 0; round < 20; round++) {
    if (reach.group !== undefined) signal(-reach.group, 'SIGKILL')
    const left = membersOf(buildId, reach)
    if (left.length === 0) return
    for (const { pid } of left) signal(pid, 'SIGKILL')
  }
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

const isGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ESRCH'

function environment(pid: number): Buffer {
  try {
    return Buffer.concat([Buffer.of(0), readFileSync(`/proc/${pid}/environ`)])
  } catch {
    // Gone meanwhile, or another user's: not ours then.
    return Buffer.alloc(0)
  }
}

/** Reads /proc/<pid>/stat; a zombie counts as gone. */
function readRow(pid: number): ProcessRow | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined
  }
  // The name is in brackets and may hold anything, brackets too.
  const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, parent, group] = fields
  if (state === 'Z' || state === 'X') return undefined
  return { pid, parent: Number(parent), group: Number(group), name, startTicks: fields[19] ?? '' }
}
