import type { Cancel, Clock, Millis } from '../../../base/clock.ts'
import { messageOf } from '../../../base/failure.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** Posts to HTTP endpoints on this machine, again where it fails, and after a restart. */
export interface HttpDelivery {
  /** Durable when it returns; sent soon. */
  put(endpoint: string, type: string, headers: Readonly<Record<string, string>>, body: string): void
  start(): void
  stop(): Promise<void>
}

interface Row {
  id: number
  endpoint: string
  headers: string
  body: string
  attempts: number
  due: number
}

/** SNS's default for HTTP: three retries, 20 s apart (SNS developer guide, "Delivery policies"). */
const mostAttempts = 4
const between: Millis = 20_000
const patience = 15_000

/** Only this machine is reached: the local cloud sends nothing into the world. */
export function isLoopback(endpoint: string): boolean {
  const url = URL.parse(endpoint)
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  )
}

export function createHttpDelivery(options: {
  database: CloudDatabase
  clock: Clock
  onError: (error: unknown, what: string) => void
}): HttpDelivery {
  const { database, clock, onError } = options
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  let timer: Cancel | undefined

  const post = async ({ id, endpoint, headers, body, attempts }: Row) => {
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        redirect: 'error',
        headers: JSON.parse(headers) as Record<string, string>,
        body,
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(patience)]),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`The endpoint answered ${response.status}`)
      database.run('DELETE FROM sns_delivery WHERE id = ?', id)
    } catch (error) {
      if (closing.signal.aborted) return
      if (attempts + 1 < mostAttempts) {
        const sql = 'UPDATE sns_delivery SET attempts = ?, due = ? WHERE id = ?'
        database.run(sql, attempts + 1, clock.now() + between, id)
      } else {
        database.run('DELETE FROM sns_delivery WHERE id = ?', id)
        onError(error, `delivery of a notification to ${endpoint}: ${messageOf(error)}`)
      }
    }
  }

  const under = new Set<number>()
  /** Sends what is due, and comes back when the next is. */
  const pump = () => {
    timer?.()
    timer = undefined
    if (closing.signal.aborted) return
    const rows = database
      .all<Row>('SELECT * FROM sns_delivery ORDER BY due, id LIMIT 100')
      .filter(({ id }) => !under.has(id))
    const now = clock.now()
    for (const row of rows.filter(({ due }) => due <= now)) {
      under.add(row.id)
      const sending = post(row)
        .catch((error: unknown) => onError(error, 'recording a delivery'))
        .finally(() => {
          under.delete(row.id)
          running.delete(sending)
          pump()
        })
      running.add(sending)
    }
    const next = rows.find(({ due }) => due > now)
    if (next) timer = clock.after(next.due - now, pump)
  }
  return {
    put(endpoint, type, headers, body) {
      const all = { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': type, ...headers }
      const sql = 'INSERT INTO sns_delivery (endpoint, headers, body, due) VALUES (?, ?, ?, ?)'
      database.run(sql, endpoint, JSON.stringify(all), body, clock.now())
      // After the caller's own transaction, should there be one around this.
      queueMicrotask(pump)
    },
    start: pump,
    async stop() {
      closing.abort()
      timer?.()
      await Promise.all(running)
    },
  }
}
