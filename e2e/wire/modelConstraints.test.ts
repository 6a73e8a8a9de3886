import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, startCloudUnderTest, target } from './cloudUnderTest.ts'
import { type Probe, probesOf } from './probes.ts'
import { sendSigned } from './rawRequest.ts'
import { readServiceModel } from './serviceModel.ts'

const model = readServiceModel('codepipeline/2015-07-09')
if ('absent' in model) console.log(`CodePipeline is not held against AWS’s own model here: ${model.absent}.`)
const probes = 'absent' in model ? [] : probesOf(model)
const operations = [...new Set(probes.map(({ operation }) => operation))]

let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest()
})
afterAll(() => cloud.stop())

async function answerTo({ operation, input }: Probe): Promise<string> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `CodePipeline_20150709.${operation}`,
  }
  const { status, text } = await sendSigned(cloud, 'codepipeline', { headers, body: JSON.stringify(input) })
  return `${status} ${text}`
}

describe.skipIf(probes.length === 0 || target === 'aws')('of every constraint of AWS’s model', () => {
  it.each(operations)('%s refuses in AWS’s words what breaks it, and not what just satisfies it', async operation => {
    const missed: string[] = []
    for (const probe of probes.filter(one => one.operation === operation)) {
      const { path, constraint } = probe
      const answer = await answerTo(probe)
      const said = JSON.stringify(`at '${path}' failed to satisfy constraint: ${constraint ?? ''}`).slice(1, -1)
      const refused = answer.startsWith('400 {"__type":"ValidationException"') && answer.includes(said)
      if (refused !== (constraint !== undefined))
        missed.push(`${path}: ${constraint ?? 'nothing is wrong'}, but ${answer.slice(0, 300)}`)
    }
    expect(missed).toEqual([])
  })
})
