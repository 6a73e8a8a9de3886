import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import {
  CodePipelineClient,
  CreatePipelineCommand,
  GetPipelineStateCommand,
  ListPipelinesCommand,
} from '@aws-sdk/client-codepipeline'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { percentile, report } from './results.ts'

/**
 * The local cloud in a process of its own with 1,000 pipelines, asked by one SDK client, 32 calls at a time; beside a
 * bare `node:http` server that gives the same bytes to the same client and checks nothing.
 */
const pipelines = 1000
const atOnce = 32
const calls = 4000

const data = mkdtempSync(join(tmpdir(), 'bench-'))
const started = performance.now()
const child = spawn(
  process.execPath,
  [resolve(import.meta.dirname, '../../main/cloud/main.ts'), '--json', '--empty', '--data', data],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const [line] = await once(createInterface({ input: child.stdout }), 'line')
const ready = performance.now() - started
const cloud = JSON.parse(String(line))
const [account] = cloud.accounts
const credentials = { accessKeyId: account.accessKeyId, secretAccessKey: account.secretAccessKey }
const settings = { endpoint: cloud.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }

async function each(count: number, work: (index: number) => Promise<unknown>): Promise<{ rate: number; p99: number }> {
  const took: number[] = []
  let next = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const index = next++
        const from = performance.now()
        await work(index)
        took.push(performance.now() - from)
      }
    }),
  )
  return { rate: count / ((performance.now() - began) / 1000), p99: percentile(took, 0.99) }
}

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}
await new IAMClient(settings).send(
  new CreateRoleCommand({ RoleName: 'Bench', AssumeRolePolicyDocument: JSON.stringify(trust) }),
)
const client = new CodePipelineClient(settings)
const name = (index: number) => `bench-${index}`
const created = await each(pipelines, index =>
  client.send(
    new CreatePipelineCommand({
      pipeline: {
        name: name(index),
        roleArn: `arn:aws:iam::${account.id}:role/Bench`,
        artifactStore: { type: 'S3', location: 'bench-artifacts' },
        stages: [
          {
            name: 'Source',
            actions: [
              {
                name: 'S',
                actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                configuration: { S3Bucket: 'none', S3ObjectKey: 'none.zip' },
                outputArtifacts: [{ name: 'A' }],
              },
            ],
          },
          {
            name: 'Gate',
            actions: [
              { name: 'G', actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } },
            ],
          },
        ],
      },
    }),
  ),
)

/** A server that answers every request with the same bytes. */
async function bare(body: string) {
  const bytes = Buffer.from(body)
  const server = createServer((request, response) => {
    request
      .resume()
      .on('end', () =>
        response
          .writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': bytes.length })
          .end(bytes),
      )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    client: new CodePipelineClient({ ...settings, endpoint: `http://127.0.0.1:${port}` }),
    close: () => server.close(),
  }
}

const state = await client.send(new GetPipelineStateCommand({ name: name(0) }))
const peer = await bare(
  JSON.stringify({
    ...state,
    $metadata: undefined,
    created: 1,
    updated: 1,
    stageStates: state.stageStates?.map(stage => ({ ...stage, actionStates: [] })),
  }),
)
const rows = []
for (const [what, ours, theirs] of [
  [
    'GetPipelineState',
    (index: number) => client.send(new GetPipelineStateCommand({ name: name(index % pipelines) })),
    () => peer.client.send(new GetPipelineStateCommand({ name: 'x' })),
  ],
  [
    'ListPipelines (100 a page)',
    () => client.send(new ListPipelinesCommand({ maxResults: 100 })),
    () => peer.client.send(new ListPipelinesCommand({})),
  ],
] as const) {
  await each(300, ours)
  await each(300, theirs)
  const count = what.startsWith('List') ? calls / 4 : calls
  const measured = await each(count, ours)
  const beside = await each(count, theirs)
  rows.push({
    what: `${what}, ${pipelines} pipelines, ${atOnce} at once`,
    measured: `${Math.round(measured.rate)}/s, p99 ${measured.p99.toFixed(0)} ms`,
    beside: `${Math.round(beside.rate)}/s, p99 ${beside.p99.toFixed(0)} ms (bare node:http, same client)`,
    ratio: (measured.rate / beside.rate).toFixed(2),
  })
}
const memory =
  Number(
    /VmRSS:\s+(\d+)/.exec(
      await import('node:fs/promises').then(fs => fs.readFile(`/proc/${child.pid}/status`, 'utf8')).catch(() => ''),
    )?.[1],
  ) / 1024
report('cloud', [
  ...rows,
  {
    what: `CreatePipeline, each starting an execution, ${atOnce} at once`,
    measured: `${Math.round(created.rate)}/s, p99 ${created.p99.toFixed(0)} ms`,
    beside: '—',
    ratio: '—',
  },
  {
    what: `memory with ${pipelines} pipelines`,
    measured: `${memory.toFixed(0)} MB`,
    beside: '250 MB (aim)',
    ratio: (memory / 250).toFixed(2),
  },
  {
    what: 'start to the ready line, from the sources',
    measured: `${(ready / 1000).toFixed(2)} s`,
    beside: '—',
    ratio: '—',
  },
])
peer.close()
client.destroy()
child.kill('SIGTERM')
await once(child, 'exit')
rmSync(data, { recursive: true, force: true })
process.exit(0)
