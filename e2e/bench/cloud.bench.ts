import { once } from 'node:events'
import { createServer } from 'node:http'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListPipelinesCommand,
  PutApprovalResultCommand,
} from '@aws-sdk/client-codepipeline'
import { startCloudProcess } from './cloudProcess.ts'
import { each, type Rate, sendAll, signedRequest } from './load.ts'
import { createRole, createSource, gated } from './pipelines.ts'
import { type Figure, report } from './results.ts'

/**
 * The local cloud in a process of its own with 1,000 pipelines that each wait for an approval, beside a bare
 * `node:http` server that gives the same bytes to the same client and checks nothing. Two clients: the SDK's, whose own
 * work is most of what it measures, and prepared requests over kept connections, which show the server.
 */
const pipelines = 1000
const atOnce = 32

const cloud = await startCloudProcess()
const { settings } = cloud
const client = new CodePipelineClient(settings)
const name = (index: number) => `bench-${index % pipelines}`
const role = await createRole(settings, 'Bench', 'codepipeline.amazonaws.com', ['s3:*'])
await createSource(settings)
const created = await each(pipelines, atOnce, index =>
  client.send(new CreatePipelineCommand({ pipeline: gated(name(index), role) })),
)

const tokenOf = async (index: number) => {
  for (;;) {
    const { stageStates } = await client.send(new GetPipelineStateCommand({ name: name(index) }))
    const token = stageStates?.at(-1)?.actionStates?.[0]?.latestExecution?.token
    if (token !== undefined) return token
  }
}
const tokens: string[] = []
await each(pipelines, 8, async index => {
  tokens[index] = await tokenOf(index)
})

/** A server that answers every request with the same bytes. */
async function bare(bytes: Buffer) {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'content-length': bytes.length }
  const server = createServer((request, response) =>
    request.resume().on('end', () => response.writeHead(200, headers).end(bytes)),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return { endpoint, client: new CodePipelineClient({ ...settings, endpoint }), close: () => server.close() }
}

/** What the cloud answers to a request, byte for byte. */
async function answerTo(request: Buffer): Promise<Buffer> {
  const text = request.toString()
  const end = text.indexOf('\r\n\r\n')
  const headers = Object.fromEntries(
    text
      .slice(0, end)
      .split('\r\n')
      .slice(1)
      .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const)
      .filter(([header]) => header !== 'host' && header !== 'content-length'),
  )
  const response = await fetch(settings.endpoint, { method: 'POST', headers, body: text.slice(end + 4) })
  return Buffer.from(await response.arrayBuffer())
}

const rows: Figure[] = []
const told = ({ rate, p99 }: Rate) => `${Math.round(rate)}/s, p99 ${p99.toFixed(0)} ms`
const beside = (what: string, ours: Rate, theirs: Rate, who: string) =>
  rows.push({
    what: `${what}, ${pipelines} pipelines, ${atOnce} at once`,
    measured: told(ours),
    beside: `${told(theirs)} (bare node:http, ${who})`,
    ratio: (ours.rate / theirs.rate).toFixed(2),
  })

for (const [operation, count, input, viaSdk] of [
  [
    'GetPipelineState',
    20_000,
    (index: number) => ({ name: name(index) }),
    (asked: CodePipelineClient, index: number) => asked.send(new GetPipelineStateCommand({ name: name(index) })),
  ],
  [
    'ListPipelines',
    4000,
    () => ({ maxResults: 100 }),
    (asked: CodePipelineClient) => asked.send(new ListPipelinesCommand({ maxResults: 100 })),
  ],
] as const) {
  const requests = await Promise.all(
    Array.from({ length: 100 }, (_, index) => signedRequest(settings, operation, input(index * 7))),
  )
  const [first = Buffer.alloc(0)] = requests
  const peer = await bare(await answerTo(first))
  const prepared = async (endpoint: string) => {
    await sendAll(endpoint, requests, count / 10, atOnce)
    const from = cloud.cpu()
    const measured = await sendAll(endpoint, requests, count, atOnce)
    return { ...measured, cpu: (cloud.cpu() - from) / count }
  }
  const ours = await prepared(settings.endpoint)
  beside(operation, ours, await prepared(peer.endpoint), 'prepared requests')
  rows.push({
    what: `${operation}: processor time of the cloud's process a request, so that one core gives`,
    measured: `${(ours.cpu * 1000).toFixed(0)} µs, ${Math.round(1000 / ours.cpu)}/s`,
    beside: operation === 'GetPipelineState' ? '3,000/s (aim)' : '—',
    ratio: operation === 'GetPipelineState' ? (1000 / ours.cpu / 3000).toFixed(2) : '—',
  })
  const sdk = async (asked: CodePipelineClient) => {
    await each(count / 20, atOnce, index => viaSdk(asked, index))
    return each(count / 5, atOnce, index => viaSdk(asked, index))
  }
  beside(operation, await sdk(client), await sdk(peer.client), 'SDK client')
  peer.client.destroy()
  peer.close()
}

const memory = cloud.memory()
const decided = await each(pipelines, atOnce, index =>
  client.send(
    new PutApprovalResultCommand({
      pipelineName: name(index),
      stageName: 'Gate',
      actionName: 'Approve',
      token: tokens[index] ?? '',
      result: { status: 'Approved', summary: 'measured' },
    }),
  ),
)
const alone = (what: string, measured: string) => rows.push({ what, measured, beside: '—', ratio: '—' })
alone(`PutApprovalResult, ${atOnce} at once, each durable before it is answered (SDK client)`, told(decided))
alone(`CreatePipeline, ${atOnce} at once, each starting an execution (SDK client)`, told(created))
rows.push({
  what: `memory with ${pipelines} pipelines, each with a waiting approval, after the calls above`,
  measured: `${memory.toFixed(0)} MB`,
  beside: '250 MB (aim)',
  ratio: (memory / 250).toFixed(2),
})
alone('start to the ready line, from the sources', `${(cloud.startedIn / 1000).toFixed(2)} s`)
report('cloud', rows)
client.destroy()
await cloud.stop()
process.exit(0)
