import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CodePipelineClient,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
} from '@aws-sdk/client-codepipeline'
import { startWatching } from '../../main/pipelines/watched.testing.ts'
import { openStore } from '../../main/store/store.ts'
import { latencyMs, load, perSecond, sizeOf, startFleetCloud } from './fleetCloud.ts'
import { report } from './results.ts'

/**
 * From nothing to a complete row of every pipeline: its stages, its newest execution and the ten before. Beside what the
 * call limit allows at best, a plain loop of the SDK, and the AWS CLI under xargs.
 */
const accounts = sizeOf('FLEET_ACCOUNTS', 20)
const perAccount = sizeOf('FLEET_PIPELINES', 50)
/** The CLI takes a second of a core for each call: a sample, from which the whole is reckoned. */
const cliPipelines = sizeOf('FLEET_CLI', 40)
const total = accounts * perAccount

const cloud = await startFleetCloud(accounts, perAccount)
const directory = mkdtempSync(join(tmpdir(), 'fleet-cold-'))

await cloud.limit()
const began = performance.now()
const store = openStore(join(directory, 'desk.db'), 0)
const desk = await startWatching({ endpoint: cloud.endpoint, profiles: cloud.accounts, store })
await desk.fleet(() => [...desk.rows.values()].filter(row => row.execution && row.stages.length === 2).length === total)
const ours = (performance.now() - began) / 1000
const oursThrottled = await cloud.throttled()
const rss = process.memoryUsage.rss() / 2 ** 20
await desk.stop()
store.close()
// One call to list, then one of each of two APIs for each pipeline: the first of a full bucket at once, the rest at its rate.
const limit = (2 * latencyMs) / 1000 + Math.max(perAccount - perSecond, 0) / perSecond
process.stdout.write(`desk ${ours.toFixed(1)} s, ${oursThrottled} throttled; limit ${limit.toFixed(1)} s; ${load()}\n`)

await cloud.limit()
const loopBegan = performance.now()
let failed = 0
for (const account of cloud.accounts) {
  const client = new CodePipelineClient({ region: 'us-east-1', endpoint: cloud.endpoint, credentials: account })
  const { pipelines = [] } = await client.send(new ListPipelinesCommand({}))
  for (const { name } of pipelines) {
    const both = [
      client.send(new GetPipelineStateCommand({ name })),
      client.send(new ListPipelineExecutionsCommand({ pipelineName: name, maxResults: 10 })),
    ]
    const outcomes = await Promise.allSettled<unknown>(both)
    if (outcomes.some(({ status }) => status === 'rejected')) failed++
  }
  client.destroy()
}
const loop = (performance.now() - loopBegan) / 1000
const loopThrottled = await cloud.throttled()
process.stdout.write(`SDK loop ${loop.toFixed(1)} s, ${loopThrottled} throttled, ${failed} incomplete; ${load()}\n`)

await cloud.limit()
const config = join(directory, 'config')
writeFileSync(
  config,
  cloud.accounts
    .map(({ name, accessKeyId, secretAccessKey }) =>
      [`[profile ${name}]`, `aws_access_key_id=${accessKeyId}`, `aws_secret_access_key=${secretAccessKey}`, ''].join(
        '\n',
      ),
    )
    .join(''),
)
// As somebody would write it: account after account, so that the sample is whole accounts first.
const lines = cloud.accounts
  .flatMap(({ name }) => cloud.names.map(pipeline => `${name} ${pipeline}`))
  .slice(0, cliPipelines)
writeFileSync(join(directory, 'pipelines'), `${lines.join('\n')}\n`)
const aws = `aws --endpoint-url ${cloud.endpoint} --region us-east-1 --profile "$0" codepipeline`
const script = `xargs -P 8 -L 1 sh -c '${aws} get-pipeline-state --name "$1" >/dev/null && ${aws} list-pipeline-executions --pipeline-name "$1" --max-items 10 >/dev/null || echo failed' < ${join(directory, 'pipelines')}`
const cliBegan = performance.now()
const cli = await promisify(execFile)('sh', ['-c', script], {
  env: {
    ...process.env,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  },
  timeout: 600_000,
}).then(
  ({ stdout }) => ({
    seconds: (performance.now() - cliBegan) / 1000,
    failed: stdout.split('\n').filter(Boolean).length,
  }),
  (error: unknown) => {
    process.stdout.write(`The AWS CLI could not be measured: ${String(error).slice(0, 300)}\n`)
    return undefined
  },
)
const cliThrottled = await cloud.throttled()
await cloud.stop()
rmSync(directory, { recursive: true, force: true })

const what = `cold start, ${total} pipelines over ${accounts} accounts, ${latencyMs} ms, ${perSecond} calls/s of each API`
const seconds = (value: number) => `${value.toFixed(1)} s`
report('fleetCold', [
  {
    what: `${what} (${load()})`,
    measured: `${seconds(ours)}, ${oursThrottled} throttled, ${rss.toFixed(0)} MB`,
    beside: `${seconds(limit)} (lower limit of the calls)`,
    ratio: (ours / limit).toFixed(2),
  },
  {
    what: 'the same by a plain SDK loop with its default retries',
    measured: `${seconds(loop)}, ${loopThrottled} throttled, ${failed} pipelines incomplete`,
    beside: `${seconds(ours)} (the desk)`,
    ratio: (loop / ours).toFixed(1),
  },
  ...(cli
    ? [
        {
          what: `the same by the AWS CLI, xargs -P 8, reckoned from ${lines.length} pipelines in ${seconds(cli.seconds)}`,
          measured: `${seconds((cli.seconds / lines.length) * total)}, ${cliThrottled} throttled and ${cli.failed} failed in the sample`,
          beside: `${seconds(ours)} (the desk)`,
          ratio: ((cli.seconds / lines.length) * (total / ours)).toFixed(1),
        },
      ]
    : []),
])
process.exit(0)
