import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  /** E.g. `GetPipelineState`. */
  operation: string
  /** Of the access key that signed. */
  accessKeyId: string
  /** That it signed for. */
  region: string
  input: Record<string, unknown>
}
export interface Answer {
  status?: number
  body: object
  /** The connection ends instead of an answer. */
  drop?: boolean
}

/** An AWS of a few lines on loopback, for answers that the local cloud does not give on demand. */
export interface Listener {
  endpoint: string
  asked: Asked[]
  answer: (asked: Asked) => Answer
  stop(): Promise<void>
}

export const refusal = (type: string, message: string): Answer => ({ status: 400, body: { __type: type, message } })

/** STS is answered by `accountOf`; everything else speaks awsJson through `answer`, which a test may replace. */
export async function listen(accountOf: (accessKeyId: string) => string | undefined): Promise<Listener> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString()
      const [, accessKeyId = '', region = ''] =
        /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? []
      const target = request.headers['x-amz-target']
      const send = (status: number, type: string, body: string) =>
        response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'test-request' }).end(body)
      if (typeof target !== 'string') {
        const account = accountOf(accessKeyId)
        const identity: Asked = { operation: 'GetCallerIdentity', accessKeyId, region, input: {} }
        listener.asked.push(identity)
        if (listener.answer(identity).drop) return void request.socket.destroy()
        if (account === undefined) {
          const error =
            '<Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The token has expired</Message></Error>'
          return send(403, 'text/xml', `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`)
        }
        const result = `<Arn>arn:aws:iam::${account}:user/ann</Arn><UserId>AIDA</UserId><Account>${account}</Account>`
        return send(
          200,
          'text/xml',
          `<GetCallerIdentityResponse><GetCallerIdentityResult>${result}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
        )
      }
      const operation = target.split('.').at(-1) ?? ''
      const asked: Asked = { operation, accessKeyId, region, input: text ? JSON.parse(text) : {} }
      listener.asked.push(asked)
      const { status = 200, body, drop } = listener.answer(asked)
      if (drop) return void request.socket.destroy()
      return send(status, 'application/x-amz-json-1.1', JSON.stringify(body))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const listener: Listener = {
    endpoint: `http://127.0.0.1:${port}`,
    asked: [],
    answer: () => ({ body: {} }),
    async stop() {
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
  return listener
}
