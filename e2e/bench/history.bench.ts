import {
  CodePipelineClient,
  CreatePipelineCommand,
  ListPipelineExecutionsCommand,
  type ListPipelineExecutionsOutput,
} from '@aws-sdk/client-codepipeline'
import { startCloudProcess } from './cloudProcess.ts'
import { each, sendAll, signedRequest } from './load.ts'
import { createRole, gated } from './pipelines.ts'
import { type Figure, report } from './results.ts'

/**
 * A cloud with 1,000 pipelines and 100,000 executions behind it, each really executed: its source fails at once, so
 * that what is kept is what is measured. Beside the figures of the same cloud when it had 1,000 executions.
 */
const pipelines = 1000
const executions = 100_000
const atOnce = 32

const cloud = await startCloudProcess()
const { settings } = cloud
const client = new CodePipelineClient(settings)
const name = (index: number) => `bench-${index % pipelines}`
const role = await createRole(settings, 'Bench', 'codepipeline.amazonaws.com', ['s3:*'])
await each(pipelines, atOnce, index =>
  client.send(new CreatePipelineCommand({ pipeline: gated(name(index), role, 'no-such-bucket') })),
)

const listed = () =>
  each(1000, 8, index => client.send(new ListPipelineExecutionsCommand({ pipelineName: name(index), maxResults: 10 })))
const young = { memory: cloud.memory(), list: await listed() }
const began = performance.now()
let started = pipelines
while (started < executions) {
  // Signed anew for each round: a signature is good for five minutes.
  const requests = await Promise.all(
    Array.from({ length: pipelines }, (_, index) =>
      signedRequest(settings, 'StartPipelineExecution', { name: name(index) }),
    ),
  )
  const round = Math.min(10_000, executions - started)
  await sendAll(settings.endpoint, requests, round, atOnce)
  started += round
}
const took = (performance.now() - began) / 1000
const old = { memory: cloud.memory(), list: await listed() }

let kept = 0
await each(pipelines, 8, async index => {
  let nextToken: string | undefined
  do {
    const page: ListPipelineExecutionsOutput = await client.send(
      new ListPipelineExecutionsCommand({ pipelineName: name(index), maxResults: 100, nextToken }),
    )
    kept += page.pipelineExecutionSummaries?.length ?? 0
    nextToken = page.nextToken
  } while (nextToken !== undefined)
})

const rows: Figure[] = [
  {
    what: `memory with ${pipelines} pipelines and ${executions.toLocaleString('en')} executions`,
    measured: `${old.memory.toFixed(0)} MB`,
    beside: `${young.memory.toFixed(0)} MB with 1,000 executions; 250 MB (aim)`,
    ratio: (old.memory / 250).toFixed(2),
  },
  {
    what: 'ListPipelineExecutions, 10 newest, 8 at once (SDK client)',
    measured: `${Math.round(old.list.rate)}/s, p99 ${old.list.p99.toFixed(0)} ms`,
    beside: `${Math.round(young.list.rate)}/s, p99 ${young.list.p99.toFixed(0)} ms with 1,000 executions`,
    ratio: (old.list.rate / young.list.rate).toFixed(2),
  },
  {
    what: 'executions found again by paging, of those that were started',
    measured: kept.toLocaleString('en'),
    beside: executions.toLocaleString('en'),
    ratio: (kept / executions).toFixed(2),
  },
  {
    what: `executions started and failed, ${atOnce} at once`,
    measured: `${Math.round((executions - pipelines) / took)}/s`,
    beside: '—',
    ratio: '—',
  },
]
report('history', rows)
client.destroy()
await cloud.stop()
process.exit(0)
