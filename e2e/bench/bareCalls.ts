import { Agent } from 'node:http'
import { CodePipelineClient, GetPipelineStateCommand } from '@aws-sdk/client-codepipeline'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { FleetCloud } from './fleetCloud.ts'

/** As the desk does: calls that can wait leave together. ms */
const beat = 5_000

/**
 * What so many calls a minute cost the SDK's clients alone, with nothing done with the answers: the processor time of
 * this process in the second of two minutes. %
 */
export async function bareCpu(cloud: FleetCloud, callsPerMinute: number): Promise<number> {
  const httpAgent = new Agent({ keepAlive: true })
  const clients = cloud.accounts.map(
    account =>
      new CodePipelineClient({
        ...cloud.settings(account),
        requestHandler: new NodeHttpHandler({ httpAgent }),
      }),
  )
  let calls = 0
  let failed = 0
  const minute = async () => {
    for (let beats = 0; beats < 60_000 / beat; beats++) {
      const due =
        Math.round((callsPerMinute * beat * (beats + 1)) / 60_000) -
        Math.round((callsPerMinute * beat * beats) / 60_000)
      const made = Array.from({ length: due }, async () => {
        const client = clients[calls % clients.length]
        const name = cloud.names[Math.floor(calls / clients.length) % cloud.names.length]
        calls++
        await client?.send(new GetPipelineStateCommand({ name })).catch(() => failed++)
      })
      await Promise.all([...made, new Promise(done => setTimeout(done, beat))])
    }
  }
  await minute()
  const before = process.cpuUsage()
  const began = performance.now()
  await minute()
  const { user, system } = process.cpuUsage(before)
  // A connection that the other end closes just then fails its call, which the desk would ask again.
  if (failed > calls / 100) throw new Error(`${failed} of the bare clients’ calls failed.`)
  for (const client of clients) client.destroy()
  return (user + system) / 10 / (performance.now() - began)
}
