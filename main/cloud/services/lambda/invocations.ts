import { randomUUID } from 'node:crypto'
import type { Cancel, Clock, Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { FunctionStore } from './functionStore.ts'
import type { StoredFunction } from './model.ts'
import type { FunctionName } from './names.ts'
import type { InvocationResult, Invoker } from './runtime/invoker.ts'

/** Functions at work: asked and waited for, or told of an event. */
export interface Invocations {
  /** Runs it and waits. `payload` is JSON text. */
  request(
    stored: StoredFunction,
    payload: string,
    clientContext?: string,
  ): Promise<InvocationResult & { requestId: string }>
  /** Durable when it returns; run soon, or after `delay`, and twice more where it fails. Answers its request id. */
  tell(name: FunctionName, payload: string, delay?: Millis): string
  start(): void
  stop(): Promise<void>
}

interface Row extends FunctionName {
  id: string
  payload: string
  attempts: number
  due: number
}

/** How long after a failed attempt the next is made (Lambda developer guide, "Asynchronous invocation"). */
const waits: readonly Millis[] = [60_000, 120_000]
const mostAtOnce = 20

export function createInvocations(options: {
  database: CloudDatabase
  clock: Clock
  functions: FunctionStore
  invoker: Invoker
  onError: (error: unknown, what: string) => void
}): Invocations {
  const { database, clock, functions, invoker, onError } = options
  const under = new Map<string, Promise<void>>()
  let timer: Cancel | undefined
  let stopped = true

  const attempt = async ({ id, payload, attempts, ...name }: Row) => {
    const stored = functions.find(name)
    // A function that is gone takes its events with it.
    const failed = stored !== undefined && (await invoker.invoke(stored, payload, id)).failed
    // What the stop cut short is tried again by the next process.
    if (stopped) return
    const wait = failed ? waits[attempts] : undefined
    if (wait === undefined) database.run('DELETE FROM lambda_event WHERE id = ?', id)
    else
      database.run('UPDATE lambda_event SET attempts = ?, due = ? WHERE id = ?', attempts + 1, clock.now() + wait, id)
  }
  const giveUp = (id: string) => (error: unknown) => {
    if (stopped) return
    // Not the function's own failure: a role that is gone, or a fault of ours.
    onError(error, `invocation ${id}`)
    database.run('DELETE FROM lambda_event WHERE id = ?', id)
  }

  /** Starts what is due, and comes back when the next is. */
  const pump = () => {
    timer?.()
    timer = undefined
    if (stopped) return
    const rows = database
      .all<Row>(
        'SELECT id, account, region, name, CAST(payload AS TEXT) AS payload, attempts, due FROM lambda_event ORDER BY due LIMIT ?',
        mostAtOnce + under.size,
      )
      .filter(({ id }) => !under.has(id))
    const now = clock.now()
    for (const row of rows.filter(({ due }) => due <= now)) {
      const work = attempt(row)
        .catch(giveUp(row.id))
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
    async request(stored, payload, clientContext) {
      const requestId = randomUUID()
      return { requestId, ...(await invoker.invoke(stored, payload, requestId, clientContext)) }
    },
    tell({ account, region, name }, payload, delay = 0) {
      const [id, now] = [randomUUID(), clock.now()]
      database.run(
        'INSERT INTO lambda_event (id, account, region, name, payload, created, due) VALUES (?, ?, ?, ?, ?, ?, ?)',
        id,
        account,
        region,
        name,
        payload,
        now,
        now + delay,
      )
      // After the caller's own transaction, should there be one around this.
      queueMicrotask(pump)
      return id
    },
    start() {
      stopped = false
      pump()
    },
    async stop() {
      stopped = true
      timer?.()
      await invoker.stop()
      await Promise.all(under.values())
    },
  }
}
