import type { Cancel, Clock, Millis } from '../../../base/clock.ts'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { type EventEnvelope, type Target, targetModel } from './model.ts'

/** One event on its way to one target. */
export interface Delivery {
  id: number
  ruleArn: string
  target: Target
  event: EventEnvelope
  created: Millis
  attempts: number
}

/** What has matched and has not arrived yet: durable, tried again, and taken up after a restart. */
export interface Deliveries {
  /** Durable when it returns; under way soon. */
  put(ruleArn: string, targets: readonly Target[], event: EventEnvelope): void
  start(): void
  stop(): Promise<void>
}

interface Row {
  id: number
  ruleArn: string
  target: string
  event: string
  created: number
  attempts: number
  due: number
}

const longestWait: Millis = 60_000
const mostAtOnce = 20

/** Errors that no later attempt would be spared (EventBridge user guide, "How EventBridge retries delivering events"). */
const final =
  /AccessDenied|Authorization|NotFound|DoesNotExist|Validation|InvalidInput|InvalidParameter|NotOffered|Conflict|Malformed/

export function createDeliveries(options: {
  database: CloudDatabase
  clock: Clock
  deliver: (delivery: Delivery) => Promise<void> | void
  /** Told of a delivery that was given up. */
  gaveUp: (delivery: Delivery, error: AwsError) => void
  onError: (error: unknown, what: string) => void
}): Deliveries {
  const { database, clock, deliver, gaveUp, onError } = options
  const under = new Map<number, Promise<void>>()
  let timer: Cancel | undefined
  let stopped = false

  const forget = (id: number) => database.run('DELETE FROM events_delivery WHERE id = ?', id)

  const failed = (delivery: Delivery, error: unknown) => {
    const { id, attempts, created, target } = delivery
    const { MaximumRetryAttempts = 185, MaximumEventAgeInSeconds = 86_400 } = target.RetryPolicy ?? {}
    const now = clock.now()
    const refusal = error instanceof AwsError ? error : new AwsError('InternalFailure', 'The delivery failed.')
    if (!(error instanceof AwsError)) onError(error, `delivery to ${target.Arn}`)
    const late = now - created >= MaximumEventAgeInSeconds * 1_000
    if (final.test(refusal.name) || attempts >= MaximumRetryAttempts || late) {
      database.transaction(() => {
        gaveUp(delivery, refusal)
        forget(id)
      })
      return
    }
    const wait = Math.min(longestWait, 500 * 2 ** Math.min(attempts, 10))
    database.run('UPDATE events_delivery SET attempts = ?, due = ? WHERE id = ?', attempts + 1, now + wait, id)
  }

  const attempt = async ({ target, event, ...row }: Row) => {
    const delivery: Delivery = {
      ...row,
      target: targetModel.parse(JSON.parse(target)),
      event: JSON.parse(event) as EventEnvelope,
    }
    try {
      await deliver(delivery)
      forget(delivery.id)
    } catch (error) {
      failed(delivery, error)
    }
  }

  /** Starts what is due, and comes back when the next is. */
  const pump = () => {
    timer?.()
    timer = undefined
    if (stopped) return
    const rows = database
      .all<Row>('SELECT * FROM events_delivery ORDER BY due, id LIMIT ?', mostAtOnce + under.size)
      .filter(({ id }) => !under.has(id))
    const now = clock.now()
    for (const row of rows.filter(({ due }) => due <= now)) {
      const work = attempt(row)
        .catch((error: unknown) => onError(error, 'recording a delivery'))
        .finally(() => {
          under.delete(row.id)
          pump()
        })
      under.set(row.id, work)
    }
    const next = rows.find(({ due }) => due > now)
    if (next) timer = clock.after(next.due - now, pump)
  }

  return {
    put(ruleArn, targets, event) {
      const [now, text] = [clock.now(), JSON.stringify(event)]
      database.transaction(() => {
        for (const target of targets)
          database.run(
            'INSERT INTO events_delivery (ruleArn, target, event, created, due) VALUES (?, ?, ?, ?, ?)',
            ruleArn,
            JSON.stringify(target),
            text,
            now,
            now,
          )
      })
      // After the caller's own transaction, should there be one around this.
      queueMicrotask(pump)
    },
    start: pump,
    async stop() {
      stopped = true
      timer?.()
      await Promise.all(under.values())
    },
  }
}
