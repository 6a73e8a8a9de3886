import { spawn } from 'node:child_process'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HttpRequest, HttpResponse } from '../../server/http.ts'
import type { Git } from './git.ts'

export interface BackendCall {
  request: HttpRequest
  /** The directory that `pathInfo` begins in. */
  projectRoot: string
  /** `/shop.git/info/refs` */
  pathInfo: string
  /** Whom git names in the reflog. */
  remoteUser: string
}

/** A CGI answer that has begun. */
export interface BackendAnswer {
  response: HttpResponse & { body: Readable }
  /** Settles once git has ended, and with it whatever it did to the repository. */
  ended: Promise<void>
}

const longestHead = 16 * 1024

/**
 * Answers a request with `git http-backend` (CGI, RFC 3875). The request's body is piped in as it comes, gzip and all.
 * When the client goes away, git and its children are ended.
 */
export async function runHttpBackend(
  git: Git,
  { request, projectRoot, pathInfo, remoteUser }: BackendCall,
): Promise<BackendAnswer> {
  const { headers } = request
  const child = spawn('git', ['http-backend'], {
    // A group of its own: receive-pack and index-pack go down with it.
    detached: true,
    env: {
      ...git.environment,
      GIT_PROJECT_ROOT: projectRoot,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_HTTP_MAX_REQUEST_BUFFER: '100M',
      PATH_INFO: pathInfo,
      REQUEST_METHOD: request.method,
      QUERY_STRING: request.query,
      CONTENT_TYPE: headers['content-type'] ?? '',
      REMOTE_USER: remoteUser,
      REMOTE_ADDR: request.sourceIp,
      ...(headers['content-length'] !== undefined && { CONTENT_LENGTH: headers['content-length'] }),
      ...(headers['content-encoding'] !== undefined && { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
      ...(headers['git-protocol'] !== undefined && { GIT_PROTOCOL: headers['git-protocol'] }),
    },
  })
  const end = () => {
    if (child.pid !== undefined && child.exitCode === null) {
      try {
        process.kill(-child.pid, 'SIGTERM')
      } catch {
        // It ended between the look and the kill.
      }
    }
  }
  request.signal.addEventListener('abort', end, { once: true })
  let stderr = ''
  child.stderr.on('data', (part: Buffer) => {
    if (stderr.length < 16 * 1024) stderr += part.toString()
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      request.signal.removeEventListener('abort', end)
      resolve()
    })
  })
  // Git may have heard enough (or be gone) before the body ends; its answer says what it made of it.
  const fed = pipeline(request.body, child.stdin).catch(() => {})
  const response = readCgi(child.stdout).catch(async (error: unknown) => {
    end()
    await ended
    throw new Error(`git http-backend gave no answer: ${stderr.trim() || String(error)}`)
  })
  return { response: await response, ended: Promise.all([ended, fed]).then(() => {}) }
}

/** Takes the head off a CGI answer; what follows is the body. */
async function readCgi(stdout: Readable): Promise<BackendAnswer['response']> {
  let held = Buffer.alloc(0)
  const source = stdout[Symbol.asyncIterator]()
  for (;;) {
    const cut = held.indexOf('\r\n\r\n')
    if (cut >= 0) return answerOf(held.toString('latin1', 0, cut), held.subarray(cut + 4), source)
    if (held.length > longestHead) throw new Error('its head is too long')
    const next: IteratorResult<Buffer> = await source.next()
    if (next.done) throw new Error('it ended without a head')
    held = Buffer.concat([held, next.value])
  }
}

function answerOf(head: string, first: Buffer, rest: AsyncIterator<Buffer>): BackendAnswer['response'] {
  const headers: Record<string, string> = {}
  let status = 200
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
    if (name === 'status') status = Number.parseInt(value, 10)
    else if (name !== '') headers[name] = value
  }
  const body = new PassThrough()
  async function* whole() {
    yield first
    yield* { [Symbol.asyncIterator]: () => rest }
  }
  // A reader that stops listening destroys the body, and with it git's output: git then ends by itself.
  pipeline(whole(), body).catch(() => {})
  return { status, headers, body }
}
