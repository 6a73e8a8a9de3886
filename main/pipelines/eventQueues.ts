import type { Accounts } from '../accounts/accounts.ts'
import type { Ask, At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { mostMessages, type QueueMessage } from '../aws/sqs.ts'
import type { Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { newest } from '../base/newest.ts'
import { pause } from '../base/pause.ts'
import { failureShape } from '../base/rpc.ts'
import type { Notices } from '../notices/notices.ts'
import type { SettingsService } from '../settings/settings.ts'
import { type PipelineEvent, pipelineEventOf, recordedCallIn } from './pipelineEvent.ts'

export interface EventQueuesOptions {
  aws: Pick<Aws, 'sqs'>
  accounts: Pick<Accounts, 'get' | 'onChange'>
  settings: Pick<SettingsService, 'current' | 'onChange'>
  notices: Notices
  clock: Clock
  /** An event that was not told before came through the queue `url`. */
  onEvent: (event: PipelineEvent, url: string) => void
  /** A call that CloudTrail recorded came through a queue; perhaps again. What throws leaves the message where it is. */
  onCall: (event: unknown) => void
  /** What the queue tells may be incomplete from now on, until it tells again. */
  onLost: (url: string) => void
}

/** Reads the queues that a person named, each while its account's session is valid. */
export interface EventQueues {
  start(): void
  stop(): void
}

const slowest: Millis = 60_000
/** Between two answers; more means that the machine slept, and events may have been dropped meanwhile. */
const longestGap: Millis = 120_000
const abreast = 4
/** Ids remembered: an event comes again within minutes or never. */
const remembered = 5_000

export function createEventQueues(options: EventQueuesOptions): EventQueues {
  const { aws, accounts, settings, notices, clock, onEvent, onCall, onLost } = options
  const readers = new Map<string, AbortController>()
  /** As the settings last named them. */
  let named: readonly string[] = []
  const seen = newest<true>(remembered)
  let stops: (() => void)[] = []

  const take = (body: string, url: string) => {
    const call = recordedCallIn(body)
    if (call !== undefined) onCall(call)
    const event = pipelineEventOf(body)
    if (!event || seen.has(event.id)) return
    seen.put(event.id, true)
    onEvent(event, url)
  }

  const takeAll = (messages: readonly QueueMessage[], url: string, at: At) => {
    for (const { body } of messages) take(body, url)
    // What can't be removed shows again, and is then known.
    if (messages.length > 0) aws.sqs.remove(at, url, messages, { priority: 'open' }).catch(() => {})
  }
  /** One after the other, ten messages take a round trip: where many wait, several are read at once until few are left. */
  const catchUp = async (url: string, at: At, ask: Ask) => {
    const drain = async () => {
      for (let read = mostMessages; read === mostMessages; ) {
        const messages = await aws.sqs.receive(at, url, false, ask)
        takeAll(messages, url, at)
        read = messages.length
      }
    }
    await Promise.all(Array.from({ length: abreast }, drain))
  }

  const read = async (url: string, at: At, signal: AbortSignal) => {
    const ask = { priority: 'open', signal } as const
    let failures = 0
    let answeredAt = clock.now()
    while (!signal.aborted) {
      try {
        const messages = await aws.sqs.receive(at, url, true, ask)
        failures = 0
        notices.clear(noticeOf(url))
        if (clock.now() - answeredAt > longestGap) onLost(url)
        answeredAt = clock.now()
        takeAll(messages, url, at)
        if (messages.length === mostMessages) await catchUp(url, at, ask)
      } catch (thrown) {
        if (signal.aborted) return
        failures++
        onLost(url)
        notices.put(noticeOf(url), failureShape(unreadable(thrown, url, at)))
        await pause(clock, Math.min(1_000 * 2 ** failures, slowest), signal)
      }
    }
  }

  const follow = () => {
    const wanted = new Map<string, At>()
    const { eventQueues } = settings.current()
    for (const url of named) if (!eventQueues.includes(url)) notices.clear(noticeOf(url))
    named = eventQueues
    for (const url of eventQueues) {
      const at = queueAddress(url, id => accounts.get(id)?.regions[0])
      const account = at && accounts.get(at.account)
      if (at && account?.session.state === 'valid') wanted.set(url, at)
      if (at && account) continue
      const message = `The queue ${url} is of account ${at?.account ?? '—'}, which is not among yours.`
      const next = 'Add the account, or take the queue out of Settings.'
      notices.put(noticeOf(url), { code: 'QueueAccountUnknown', message, place: {}, next })
    }
    for (const [url, reader] of readers) {
      if (wanted.has(url)) continue
      reader.abort()
      readers.delete(url)
      notices.clear(noticeOf(url))
      onLost(url)
    }
    for (const [url, at] of wanted) {
      if (readers.has(url)) continue
      const reader = new AbortController()
      readers.set(url, reader)
      void read(url, at, reader.signal)
    }
  }

  return {
    start() {
      follow()
      stops = [accounts.onChange(follow), settings.onChange(follow)]
    },
    stop() {
      for (const stop of stops) stop()
      for (const reader of readers.values()) reader.abort()
      readers.clear()
    },
  }
}

const noticeOf = (url: string) => `queue ${url}`

/** Where a queue is, by its URL: `https://sqs.us-east-1.amazonaws.com/111122223333/cloudpipelines`. */
export function queueAddress(url: string, regionOf: (account: string) => string | undefined): At | undefined {
  const [, host = '', account] = /^https?:\/\/([^/]+)\/(\d{12})\/[\w-]+$/.exec(url) ?? []
  if (account === undefined) return undefined
  const [, region = regionOf(account) ?? 'us-east-1'] = /([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(host) ?? []
  return { account, region }
}

function unreadable(thrown: unknown, url: string, at: At): Failure {
  const { code, message } = failureShape(thrown)
  return new Failure({
    code,
    message: `The queue ${url} can't be read, so changes are found by asking only: ${message}`,
    place: { ...at },
    next: /NonExistentQueue|QueueDoesNotExist/.test(code)
      ? 'Deploy resources/events.cfn.yaml again, or take the queue out of Settings.'
      : 'The desk tries again by itself.',
    cause: thrown,
  })
}
