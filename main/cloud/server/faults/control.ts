import { randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { writePrivately } from '../../state/writePrivately.ts'
import { readBody } from '../body.ts'
import type { HttpRequest, HttpResponse, Mount } from '../http.ts'
import type { Faults } from './faults.ts'
import { ruleTexts } from './rules.ts'

/** Where the rules of a running cloud are read and set. No AWS service and no bucket has such a path. */
export const controlPath = '/_local/faults'

/** What `control.json` in the cloud's directory tells those who may read it. */
export const controlFile = z.strictObject({ endpoint: z.url(), token: z.string().min(1) })

/** What GET and PUT answer. */
export const faultsReport = z.strictObject({
  throttle: z.array(z.strictObject({ rule: z.string(), fired: z.int() })),
  fault: z.array(z.strictObject({ rule: z.string(), fired: z.int() })),
})

export interface Control {
  mount: Mount
  /** Writes `control.json`, for nobody else to read, and gives its path. */
  publish(endpoint: string): string
}

/** `GET` shows the rules that are on and how often each fired; `PUT` sets others in their place. */
export function createControl({ faults, directory }: { faults: Faults; directory: string }): Control {
  const token = randomBytes(24).toString('base64url')
  return {
    mount: request => (isControl(request) ? answer(request, token, faults) : undefined),
    publish(endpoint) {
      const file = join(directory, 'control.json')
      writePrivately(file, `${JSON.stringify({ endpoint, token })}\n`)
      return file
    },
  }
}

// A bucket's own host (`shop.localhost`) has whatever paths its objects have.
const isControl = ({ path, headers }: HttpRequest) =>
  path === controlPath && /^(127\.0\.0\.1|localhost):/.test(headers.host ?? '')

async function answer(request: HttpRequest, token: string, faults: Faults): Promise<HttpResponse> {
  if (request.headers.origin !== undefined) return said(403, 'Not for web pages.')
  if (!holds(request.headers.authorization, token))
    return said(401, 'The header "authorization: Bearer TOKEN" must carry the token in control.json.')
  if (request.method === 'GET') return told(faults)
  if (request.method !== 'PUT') return said(405, 'GET shows the faults that are on, PUT sets others.')
  const asked = ruleTexts.safeParse(parsed(await readBody(request, longest)))
  if (!asked.success) return said(400, z.prettifyError(asked.error))
  faults.set([...asked.data.throttle, ...asked.data.fault])
  return told(faults)
}

const longest = 64 * 1024

function holds(header: string | undefined, token: string): boolean {
  const [given, expected] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected)
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const json = { 'content-type': 'application/json', 'cache-control': 'no-store' }
const told = (faults: Faults): HttpResponse => ({ status: 200, headers: json, body: JSON.stringify(faults.report()) })
const said = (status: number, message: string): HttpResponse => ({
  status,
  headers: json,
  body: JSON.stringify({ message }),
})
