import { createHash, randomUUID } from 'node:crypto'
import { existsSync, type FSWatcher, watch } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Millis } from '../../base/clock.ts'
import { Failure, messageOf } from '../../base/failure.ts'
import type { Tokens } from './tokens.ts'

/** The AWS CLI's own cache of sign-ins: what it writes is read here, and the other way round. */
export interface CliCache {
  /** The tokens under `key`: an sso-session's name, or a legacy profile's start URL. Undefined where there are none. */
  read(key: string): Promise<Tokens | undefined>
  write(key: string, portal: { startUrl: string; region: string }, tokens: Tokens): Promise<void>
  remove(key: string): Promise<void>
  /** Calls after something changed in it; gives how to stop. Where it can't be watched nothing is told. */
  watch(changed: () => void): () => void
}

/** Where the AWS CLI and the SDKs look; no setting moves it. */
export const cliCacheDirectory = (): string => join(homedir(), '.aws', 'sso', 'cache')

/** botocore's SSOTokenLoader: the SHA-1 of the session's name, or of the start URL where it has none. */
export const cacheFile = (key: string): string => `${createHash('sha1').update(key).digest('hex')}.json`

/** Old versions of the CLI wrote `UTC` for `Z`. */
const CliInstant = z.string().transform((text, context): Millis => {
  const at = Date.parse(text.replace(/UTC$/, 'Z'))
  if (Number.isNaN(at)) context.addIssue('not an instant')
  return at
})

const CachedToken = z.object({
  accessToken: z.string().min(1),
  expiresAt: CliInstant,
  refreshToken: z.string().optional(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  registrationExpiresAt: CliInstant.optional(),
})

export function cliCache(directory: string): CliCache {
  const fileOf = (key: string) => join(directory, cacheFile(key))
  return {
    async read(key) {
      const parsed = CachedToken.safeParse(await jsonOf(fileOf(key)))
      if (!parsed.success) return undefined
      const { accessToken, expiresAt, refreshToken, clientId, clientSecret, registrationExpiresAt } = parsed.data
      return {
        accessToken,
        expiresAt,
        ...(refreshToken !== undefined && { refreshToken }),
        ...(clientId !== undefined &&
          clientSecret !== undefined &&
          registrationExpiresAt !== undefined && {
            client: { clientId, clientSecret, expiresAt: registrationExpiresAt },
          }),
      }
    },
    async write(key, { startUrl, region }, { accessToken, expiresAt, refreshToken, client }) {
      await writeWhole(
        directory,
        fileOf(key),
        JSON.stringify({
          startUrl,
          region,
          accessToken,
          expiresAt: instantOf(expiresAt),
          ...(client && {
            clientId: client.clientId,
            clientSecret: client.clientSecret,
            registrationExpiresAt: instantOf(client.expiresAt),
          }),
          ...(refreshToken !== undefined && { refreshToken }),
        }),
      )
    },
    remove: key => rm(fileOf(key), { force: true }),
    watch: changed => watchDirectory(directory, changed),
  }
}

/**
 * Tells of each change in a directory. Where it is not there yet the nearest that is there is watched for it: somebody
 * may sign in by the CLI for the first time ever while the desk is open.
 */
function watchDirectory(directory: string, changed: () => void): () => void {
  let watcher: FSWatcher | undefined
  let watched: string | undefined
  let ended = false
  const nearest = () => {
    let at = directory
    while (!existsSync(at) && dirname(at) !== at) at = dirname(at)
    return at
  }
  const begin = () => {
    watcher?.close()
    if (ended) return
    const at = nearest()
    watched = at
    try {
      watcher = watch(at, { persistent: false }, () => {
        const moved = nearest() !== watched
        if (moved) begin()
        // A home directory is full of what is no concern here.
        if (moved || watched === directory) changed()
      })
      watcher.on('error', begin)
    } catch {
      // What can't be watched is read by each retry anyway.
    }
  }
  begin()
  return () => {
    ended = true
    watcher?.close()
  }
}

/** As botocore writes it: whole seconds, `Z`. */
const instantOf = (at: Millis): string => `${new Date(at).toISOString().slice(0, 19)}Z`

async function jsonOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    // Not there, or half of somebody else's write: there is no sign-in to be had from it now.
    return undefined
  }
}

/** Beside it first, then in its place: nobody ever reads half a file, and nobody but its owner reads it at all. */
async function writeWhole(directory: string, file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (thrown) {
    await rm(draft, { force: true }).catch(() => {})
    throw new Failure({
      code: 'CliCacheNotWritten',
      message: `The AWS CLI’s sign-in cache could not be written: ${messageOf(thrown)}`,
      place: { file },
      next: 'Check the directory’s permissions, or no longer share this sign-in with the AWS CLI.',
      cause: thrown,
    })
  }
}
