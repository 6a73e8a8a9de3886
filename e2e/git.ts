import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A clone that a test works in as a developer would: real git, over HTTP, with the account's git credentials. */
export interface Clone {
  folder: string
  read(file: string): string
  /** Writes a file, commits it and pushes it to main. Gives the commit's id. */
  push(file: string, text: string, message: string): Promise<string>
}

/** Clones `url`; `credentials` is the file that the local cloud writes for git's own credential store. */
export async function clone(url: string, credentials: string): Promise<Clone> {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'))
  const helper = ['-c', 'credential.helper=', '-c', `credential.helper=store --file=${credentials}`]
  const git = async (...args: string[]) => {
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_GLOBAL: '/dev/null' }
    const { stdout } = await promisify(execFile)('git', [...helper, ...args], { cwd: folder, env, timeout: 60_000 })
    return stdout.trim()
  }
  await git('clone', '--quiet', url, '.')
  return {
    folder,
    read: file => readFileSync(join(folder, file), 'utf8'),
    async push(file, text, message) {
      writeFileSync(join(folder, file), text)
      await git(
        '-c',
        'user.name=Tess Ter',
        '-c',
        'user.email=tess@example.com',
        'commit',
        '--quiet',
        '--all',
        '--message',
        message,
      )
      await git('push', '--quiet', 'origin', 'HEAD:main')
      return git('rev-parse', 'HEAD')
    },
  }
}
