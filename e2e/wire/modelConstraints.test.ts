import * as api from '@aws-sdk/client-codepipeline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, refusalOf, startCloudUnderTest, target } from './cloudUnderTest.ts'
import { type Probe, probesOf } from './probes.ts'
import { readServiceModel } from './serviceModel.ts'

const model = readServiceModel('codepipeline/2015-07-09')
if ('absent' in model) console.log(`CodePipeline is not held against AWS’s own model here: ${model.absent}.`)
// In a real account nothing is sent that might be done.
const sendable = (probe: Probe) => target === 'local' || probe.constraint !== undefined
const probes = 'absent' in model ? [] : probesOf(model).filter(sendable)
const operations = [...new Set(probes.map(({ operation }) => operation))]

let cloud: CloudUnderTest
let client: api.CodePipelineClient
beforeAll(async () => {
  cloud = await startCloudUnderTest()
  // A real account’s limits are waited out; the local cloud has none.
  client = new api.CodePipelineClient({ ...cloud.settings(), maxAttempts: target === 'aws' ? 10 : 1 })
})
afterAll(async () => {
  client.destroy()
  await cloud.stop()
})

type Command = Parameters<api.CodePipelineClient['send']>[0]
const commands = new Map(Object.entries(api as Record<string, unknown>))

/** The SDK checks nothing of what it sends. */
async function answerTo({ operation, input }: Probe): Promise<string> {
  const Made = commands.get(`${operation}Command`) as new (of: unknown) => Command
  const said = client.send(new Made(input)).then(() => Promise.reject(new Error('nothing was refused')))
  const { name, message, status } = await refusalOf(said)
  return `${status} ${name}: ${message}`
}

describe.skipIf(probes.length === 0)('of every constraint of AWS’s model', { timeout: 600_000 }, () => {
  it.each(operations)('%s refuses in AWS’s words what breaks it, and not what just satisfies it', async operation => {
    const missed: string[] = []
    for (const probe of probes.filter(one => one.operation === operation)) {
      const { path, constraint } = probe
      const answer = await answerTo(probe)
      const refused =
        answer.startsWith('400 ValidationException: ') &&
        answer.includes(`at '${path}' failed to satisfy constraint: ${constraint ?? ''}`)
      if (refused !== (constraint !== undefined))
        missed.push(`${path}: ${constraint ?? 'nothing is wrong'}, but ${answer.slice(0, 300)}`)
    }
    expect(missed).toEqual([])
  })
})
