import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CloudTrailClient, LookupEventsCommand, ThrottlingException } from '@aws-sdk/client-cloudtrail'
import { CodePipelineClient, TagResourceCommand } from '@aws-sdk/client-codepipeline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { pause } from '../../base/pause.ts'
import { type Cloud, createCloud } from '../../cloud/cloud.ts'
import { createSite, production } from '../../site.testing.ts'
import { openStore } from '../../store/store.ts'
import { namesIn } from '../ledger/eventNames.ts'
import { withoutSecrets } from '../ledger/secrets.ts'

const region = 'us-east-1'
/** Those of the ledger's names that a site's making and tagging call, and one that nobody called. */
const names = ['TagResource', 'CreatePipeline', 'CreateRole', 'PutRolePolicy', 'UntagResource', 'DeletePipeline']
/** More than three pages of one name. */
const rounds = 180
const sources = ['codepipeline.amazonaws.com', 'iam.amazonaws.com']

describe('the ledger, rebuilt from nothing', { timeout: 120_000 }, () => {
  let data: string
  let cloud: Cloud
  const faults: object[] = []
  let keys: { accessKeyId: string; secretAccessKey: string }
  const file = () => join(data, 'desk.db')

  /** Reads in a process of its own until it says a line like that, or ends. */
  const read = async (until: (line: string, lines: readonly string[]) => boolean, end: 'kill' | 'wait') => {
    const script = fileURLToPath(new URL('rebuild.testing.ts', import.meta.url))
    const args = [file(), cloud.endpoint, production, keys.accessKeyId, keys.secretAccessKey, names.join(',')]
    const child: ChildProcess = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines: string[] = []
    let rest = ''
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) {
        lines.push(line)
        if (end === 'kill' && until(line, lines)) child.kill('SIGKILL')
      }
    })
    await new Promise<void>(resolve => child.once('exit', () => resolve()))
    return lines
  }

  /** What the cloud recorded, asked for by source instead of by name, oldest pages first or last as they come. */
  const recorded = async () => {
    const trail = new CloudTrailClient({ region, endpoint: cloud.endpoint, credentials: keys, maxAttempts: 1 })
    const events = new Map<string, unknown>()
    for (const source of sources) {
      for (let token: string | undefined, first = true; first || token !== undefined; ) {
        try {
          const page = await trail.send(
            new LookupEventsCommand({
              LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: source }],
              MaxResults: 37,
              ...(token !== undefined && { NextToken: token }),
            }),
          )
          for (const { EventId = '', EventName = '', CloudTrailEvent = '' } of page.Events ?? [])
            if (names.includes(EventName)) events.set(EventId, withoutSecrets(JSON.parse(CloudTrailEvent)))
          token = page.NextToken
          first = false
        } catch (thrown) {
          if (!(thrown instanceof Error && thrown.name === ThrottlingException.name)) throw thrown
          await pause(systemClock, 400)
        }
      }
    }
    trail.destroy()
    return events
  }

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'rebuild-'))
    cloud = await createCloud({
      data: join(data, 'cloud'),
      port: 0,
      samples: false,
      resources: fileURLToPath(new URL('../../../resources', import.meta.url)),
      clock: systemClock,
      log: { info() {}, warn() {}, error: fault => faults.push(fault) },
      accounts: [{ id: production, name: 'production', environment: 'production' }],
    })
    const [account] = cloud.accounts
    if (!account) throw new Error('No account')
    keys = { accessKeyId: account.accessKeyId, secretAccessKey: account.secretAccessKey }
    const place = { endpoint: cloud.endpoint, credentials: keys }
    await createSite(place)
    const client = new CodePipelineClient({ region, ...place })
    const resourceArn = `arn:aws:codepipeline:${region}:${production}:site`
    for (let round = 0; round < rounds; round++)
      await client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'round', value: String(round) }] }))
    client.destroy()
  })
  afterAll(async () => {
    await cloud.stop()
    rmSync(data, { recursive: true, force: true })
  })

  it('asks for names that the ledger knows', () => {
    expect(names.filter(name => !namesIn(region).includes(name))).toEqual([])
  })

  it('equals what the cloud recorded, event by event, though the desk was killed between two pages', async () => {
    const first = await read((_, lines) => lines.filter(line => line.startsWith('recorded')).length === 2, 'kill')
    expect(first).not.toContain('read TagResource')
    const second = await read(() => false, 'wait')
    expect(second.at(-1)).toBe('done')
    // One page or two before the end (the second may have been cut off), the rest after it: nothing twice.
    const taken = second.slice(0, second.indexOf('read TagResource')).map(line => Number(line.replace('recorded ', '')))
    expect([rounds - 50, rounds - 100]).toContain(taken.reduce((sum, count) => sum + count, 0))

    const store = openStore(file(), 0)
    const rows = store.ledger.chain.checked(production, 1, 10_000)
    const kept = new Map(
      rows.map(({ record }) => {
        const { event } = JSON.parse(record)
        return [event.eventID, event]
      }),
    )
    const truth = await recorded()
    expect(kept.size).toBe(rows.length)
    expect(truth.size).toBeGreaterThan(rounds)
    expect(new Set(kept.keys())).toEqual(new Set(truth.keys()))
    for (const [id, event] of truth) expect(kept.get(id)).toEqual(event)
    store.close()
    expect(faults).toEqual([])
  })
})
