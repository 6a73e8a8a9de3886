import { randomUUID } from 'node:crypto'
import type { Cancel, Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import { AwsError } from '../../server/awsError.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { Caller } from '../../server/operation.ts'
import { elements, type HideSecrets, withoutPipelineSecrets } from './elements.ts'
import { eventJson, instant } from './eventJson.ts'
import type { EventStore, TrailEvent } from './eventStore.ts'
import { userIdentity, usernameOf } from './identity.ts'
import { eventName, eventSource, isIdlePoll, isManagementEvent, isReadOnly } from './managementEvents.ts'
import { resourcesOf } from './resources.ts'

/** Records calls, a batch at a time. */
export interface Recorder {
  record: RecordCall
  /** Writes what is still in memory. */
  flush(): void
  /** Writes, and takes no more. */
  stop(): void
}

type Recorded = Parameters<RecordCall>

/** How long, in ms, the many reads wait for their batch. */
const patience = 1_000
/** A batch that is full goes at once. */
const fullBatch = 500

/**
 * Keeps the calls of a moment and writes them in one transaction: what a read costs its caller is one push to a list.
 * A call that changed something waits for its record, together with all others of the same turn of the event loop.
 */
export function createRecorder(options: {
  store: EventStore
  clock: Clock
  bus: EventBus
  hideSecrets: HideSecrets
  onError: (error: unknown, what: string) => void
}): Recorder {
  const { store, clock, bus, hideSecrets, onError } = options
  let waiting: Recorded[] = []
  let timer: Cancel | undefined
  let soon: Promise<void> | undefined
  let stopped = false

  const flush = () => {
    timer?.()
    timer = undefined
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    try {
      const events = batch.map(recorded => toEvent(recorded, hideSecrets))
      store.append(events)
      // EventBridge hears of calls that change something; of reads only where a trail says so, which is not offered.
      for (const event of events) if (!event.readOnly) bus.publish(announcement(event))
    } catch (error) {
      onError(error, 'recording API calls')
    }
  }
  /** One write for all that comes in this turn of the event loop. */
  const flushSoon = () => {
    soon ??= new Promise(resolve => {
      setImmediate(() => {
        soon = undefined
        flush()
        resolve()
      })
    })
    return soon
  }
  return {
    async record(...recorded) {
      const [, service, operation, , outcome, { identity, readOnly = isReadOnly(operation) } = {}] = recorded
      if (stopped || (!identity && !isManagementEvent(service, operation))) return
      waiting.push(recorded)
      if (!readOnly && !isIdle(operation, outcome)) await flushSoon()
      else if (waiting.length >= fullBatch) flush()
      else timer ??= clock.after(patience, flush)
    },
    flush,
    stop() {
      stopped = true
      flush()
    },
  }
}

function toEvent([call, service, operation, input, outcome, besides = {}]: Recorded, hide: HideSecrets): TrailEvent {
  const shown = (value: object) => (service === 'codepipeline' ? withoutPipelineSecrets(value, hide, call) : value)
  const { account, region, caller, requestId, at, sourceIp, userAgent } = call
  const { readOnly = isReadOnly(operation), additional, identity, serviceEvent } = besides
  // A role that was taken on changes nothing, but who it made of whom is what one looks for.
  const answered = outcome.kind === 'succeeded' && !serviceEvent && (!readOnly || service === 'sts')
  return {
    account,
    region,
    at,
    eventId: randomUUID(),
    name: eventName(service, operation),
    source: eventSource(service),
    readOnly,
    isBrief: readOnly || isIdle(operation, outcome),
    username: identity ? nameIn(identity) : usernameOf(caller),
    accessKey: caller.accessKeyId,
    identity: identity ? JSON.stringify(identity) : identityText(caller, invokerIn(sourceIp)),
    agent: userAgent,
    sourceIp: sourceIp.replace(/^::ffff:/, ''),
    requestId,
    request: serviceEvent ? undefined : elements(named(service, shown(input))),
    response: answered ? elements(shown(outcome.output)) : undefined,
    additional: additional && JSON.stringify(additional),
    serviceEvent: serviceEvent && JSON.stringify(serviceEvent),
    error: outcome.kind === 'failed' ? errorOf(outcome.error) : undefined,
    resources: resourcesOf(service, operation, { ...input, ...additional }),
  }
}

const isIdle = (operation: string, outcome: Recorded[4]) =>
  outcome.kind === 'succeeded' && isIdlePoll(operation, outcome.output)

const nameIn = ({ userName }: Readonly<Record<string, unknown>>) =>
  typeof userName === 'string' ? userName : undefined

/** S3's records call a bucket by another name than its API does (CloudTrail log file examples, S3 user guide). */
function named(service: string, input: object): object {
  if (service !== 's3' || !('Bucket' in input)) return input
  const { Bucket, ...rest } = input
  return { bucketName: Bucket, ...rest }
}

/** The service that calls on somebody's behalf stands where an address would. */
const invokerIn = (sourceIp: string) => (sourceIp.endsWith('.amazonaws.com') ? sourceIp : undefined)

/** One text serves every call made with a key; forgotten when there are many. */
const identities = new Map<string, string>()
function identityText(caller: Caller, invokedBy: string | undefined): string {
  const key = `${invokedBy ?? ''} ${caller.arn} ${caller.accessKeyId ?? ''} ${caller.since ?? ''}`
  const known = identities.get(key)
  if (known !== undefined) return known
  if (identities.size > 1_000) identities.clear()
  const text = JSON.stringify(userIdentity(caller, invokedBy))
  identities.set(key, text)
  return text
}

/** CloudTrail writes a denial as `AccessDenied`, whatever the SDK calls it (fact sheet, section 6). */
function errorOf(error: unknown): { code: string; message: string } {
  if (!(error instanceof AwsError)) return { code: 'InternalFailure', message: 'An unknown error occurred' }
  const code = error.name === 'AccessDeniedException' ? 'AccessDenied' : error.name
  return { code, message: error.message }
}

const announcement = (event: TrailEvent) => ({
  source: `aws.${event.source.split('.')[0]}`,
  'detail-type': event.serviceEvent === undefined ? 'AWS API Call via CloudTrail' : 'AWS Service Event via CloudTrail',
  account: event.account,
  region: event.region,
  time: instant(event.at),
  resources: [],
  detail: eventJson(event),
})
