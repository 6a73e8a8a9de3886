import { request } from 'node:http'
import { type _Object, S3Client } from '@aws-sdk/client-s3'
import { production, startEndpoint, type TestUser, tooling } from '../endpoint.testing.ts'
import type { Objects } from './objects.ts'
import { s3Protocol } from './protocol.ts'
import { createS3 } from './s3.ts'

/** S3 behind the cloud's real listener, with a client for an administrator of two accounts. */
export async function startS3() {
  let objects: Objects | undefined
  let restart: (() => Promise<unknown>) | undefined
  const endpoint = await startEndpoint(async world => {
    restart = () => createS3(world)
    const s3 = await createS3(world)
    objects = s3.objects
    return { services: [s3.service], rest: [s3Protocol], mounts: [s3.websites] }
  })
  if (!objects || !restart) throw new Error('S3 was not made')
  const clients: S3Client[] = []
  const clientFor = (user: TestUser, region = 'us-east-1') => {
    const client = new S3Client({
      endpoint: endpoint.endpoint,
      region,
      credentials: user.credentials,
      forcePathStyle: true,
      maxAttempts: 1,
    })
    clients.push(client)
    return client
  }
  const [ann, pat] = [endpoint.addUser(tooling, 'ann'), endpoint.addUser(production, 'pat')]
  return {
    ...endpoint,
    objects,
    /** Makes S3 anew over the same disk. */
    restart,
    ann,
    pat,
    clientFor,
    /** Tooling's administrator. */
    client: clientFor(ann),
    /** Production's administrator. */
    stranger: clientFor(pat),
    async stop() {
      for (const client of clients) client.destroy()
      await endpoint.stop()
    },
  }
}

export type TestS3 = Awaited<ReturnType<typeof startS3>>

/** A plain request, as a browser would send it to `host`. */
export function visit(
  port: number,
  host: string,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: options.method ?? 'GET',
        headers: { ...options.headers, host: `${host}:${port}` },
      },
      response => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

export const keysOf = (contents: readonly _Object[] | undefined) => (contents ?? []).map(({ Key }) => Key)
