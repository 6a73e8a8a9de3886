import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'

/** What a git process came to. */
interface GitResult {
  code: number
  stdout: Buffer
  stderr: string
}

interface GitOptions {
  input?: Uint8Array | string
  env?: Readonly<Record<string, string>>
  /** Bytes of output that are taken; more is a failure. */
  longest?: number
}

/** The machine's git, without anything of the user's or the machine's configuration. */
export interface Git {
  /** Resolves whatever git's exit code is; rejects where it could not run, took too long or said too much. */
  run(repository: string, args: readonly string[], options?: GitOptions): Promise<GitResult>
  /** Standard output of a command that must succeed. */
  output(repository: string, args: readonly string[], options?: GitOptions): Promise<Buffer>
  /** The environment of every git process here. */
  environment: Readonly<Record<string, string>>
}

const patience = 60_000
const longestOutput = 256 * 1024 * 1024

/** `home` is an empty directory of our own: git must find nothing in it. */
export async function createGit(home: string): Promise<Git> {
  await mkdir(home, { recursive: true })
  const environment = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    ...settings({
      // The repositories are ours, whoever owns the disk; and none may make git fetch from elsewhere.
      'safe.directory': '*',
      'protocol.file.allow': 'never',
      'protocol.ext.allow': 'never',
      'core.hooksPath': '/dev/null',
      // What is pushed survives a power cut.
      'core.fsync': 'committed',
      'gc.auto': '0',
      'receive.autogc': 'false',
    }),
  }
  const run: Git['run'] = (repository, args, { input = '', env = {}, longest = longestOutput } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('git', ['--git-dir', repository, ...args], {
        env: { ...environment, ...env },
        cwd: home,
        timeout: patience,
        killSignal: 'SIGKILL',
      })
      const stdout: Buffer[] = []
      let size = 0
      let stderr = ''
      child.stdout.on('data', (part: Buffer) => {
        size += part.byteLength
        if (size > longest) child.kill('SIGKILL')
        else stdout.push(part)
      })
      child.stderr.on('data', (part: Buffer) => {
        if (stderr.length < 64 * 1024) stderr += part.toString()
      })
      child.once('error', reject)
      child.once('close', (code, signal) => {
        if (code !== null) resolve({ code, stdout: Buffer.concat(stdout), stderr })
        else reject(new Error(`git ${args[0]} was ended by ${signal} after ${size} bytes of output`))
      })
      // A command that needs no more of its input closes it early; its exit code tells what it made of that.
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })
  return {
    environment,
    run,
    async output(repository, args, options) {
      const { code, stdout, stderr } = await run(repository, args, options)
      if (code !== 0) throw new Error(`git ${args[0]} failed with ${code}: ${stderr.trim()}`)
      return stdout
    },
  }
}

/** Settings that outweigh every configuration file (`git help config`, GIT_CONFIG_COUNT). */
function settings(values: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(values)
  return {
    GIT_CONFIG_COUNT: String(pairs.length),
    ...Object.fromEntries(
      pairs.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  }
}
