import { randomBytes, randomUUID } from 'node:crypto'
import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import type { Millis } from '../../../base/clock.ts'
import type { CloudDatabase } from '../../state/database.ts'
import { parseQueueArn, type Queue, type QueueStore, queueArn } from './queueStore.ts'

/** A message attribute with its bytes as base64: JSON has no bytes. */
export interface KeptAttribute {
  DataType: string
  StringValue?: string
  BinaryValue?: string
}
export type KeptAttributes = Readonly<Record<string, KeptAttribute>>

export interface NewMessage {
  body: string
  attributes: KeptAttributes
  /** The sender's id, as `SenderId` tells it. */
  sender: string
  /** Seconds; the queue's own where it is absent. */
  delay?: number
}

export interface Message {
  id: number
  messageId: string
  body: string
  attributes: KeptAttributes
  sender: string
  sent: Millis
  visible: Millis
  receives: number
  firstReceived: Millis
  receipt: string
  deadLetterOf: string | undefined
}

interface Row {
  id: number
  messageId: string
  body: string
  attributes: string
  sender: string
  sent: number
  visible: number
  receives: number
  firstReceived: number | null
  deadLetterOf: string | null
}

export const kept = (attributes: Readonly<Record<string, MessageAttributeValue>> = {}): KeptAttributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType = '', StringValue, BinaryValue }]) => [
      name,
      {
        DataType,
        ...(StringValue !== undefined && { StringValue }),
        ...(BinaryValue !== undefined && { BinaryValue: Buffer.from(BinaryValue).toString('base64') }),
      },
    ]),
  )

/** Messages of queues, each change durable before it is told. `changed` hears of queues that may have something new. */
export function createMessageStore(database: CloudDatabase, queues: QueueStore, changed: (queue: number) => void) {
  const insert = (queue: Queue, { body, attributes, sender, delay }: NewMessage, now: Millis) => {
    const messageId = randomUUID()
    database.run(
      'INSERT INTO sqs_message (queue, messageId, body, attributes, sender, sent, visible) VALUES (?, ?, ?, ?, ?, ?, ?)',
      queue.id,
      messageId,
      body,
      JSON.stringify(attributes),
      sender,
      now,
      now + (delay ?? queue.attributes.DelaySeconds) * 1_000,
    )
    return messageId
  }

  /** A message that was received as often as its queue allows goes to the dead-letter queue, if that is there. */
  const moveToDeadLetters = (queue: Queue, row: Row): boolean => {
    const { RedrivePolicy: policy } = queue.attributes
    if (!policy || row.receives < policy.maxReceiveCount) return false
    const name = parseQueueArn(policy.deadLetterTargetArn)
    const target = name && queues.find(name)
    if (!target) return false
    database.run(
      'UPDATE sqs_message SET queue = ?, receives = 0, firstReceived = NULL, receipt = NULL, deadLetterOf = ? WHERE id = ?',
      target.id,
      queueArn(queue),
      row.id,
    )
    changed(target.id)
    return true
  }

  return {
    send(queue: Queue, messages: readonly NewMessage[], now: Millis): string[] {
      const ids = database.transaction(() => messages.map(message => insert(queue, message, now)))
      changed(queue.id)
      return ids
    },
    /** Takes up to `most` visible messages, oldest first, and hides them for `visibility` ms. */
    receive(queue: Queue, most: number, visibility: Millis, now: Millis): Message[] {
      const taken: Message[] = []
      database.transaction(() => {
        const oldest = now - queue.attributes.MessageRetentionPeriod * 1_000
        database.run('DELETE FROM sqs_message WHERE queue = ? AND sent < ?', queue.id, oldest)
        while (taken.length < most) {
          const rows = database.all<Row>(
            'SELECT * FROM sqs_message WHERE queue = ? AND visible <= ? ORDER BY visible, id LIMIT ?',
            queue.id,
            now,
            most - taken.length,
          )
          if (rows.length === 0) return
          for (const row of rows) {
            if (moveToDeadLetters(queue, row)) continue
            const receipt = Buffer.concat([randomBytes(24), Buffer.from(`:${row.id}`)]).toString('base64')
            const firstReceived = row.firstReceived ?? now
            const visible = now + visibility
            database.run(
              'UPDATE sqs_message SET visible = ?, receives = receives + 1, firstReceived = ?, receipt = ? WHERE id = ?',
              visible,
              firstReceived,
              receipt,
              row.id,
            )
            taken.push({
              ...row,
              attributes: JSON.parse(row.attributes) as KeptAttributes,
              visible,
              receives: row.receives + 1,
              firstReceived,
              receipt,
              deadLetterOf: row.deadLetterOf ?? undefined,
            })
          }
          // With no time to hide it, the same message would be taken again and again.
          if (visibility === 0) return
        }
      })
      return taken
    },
    /** When the next hidden message shows again. */
    nextVisible: (queue: number): Millis | undefined =>
      database.get<{ at: number | null }>('SELECT min(visible) AS at FROM sqs_message WHERE queue = ?', queue)?.at ??
      undefined,
    /** A handle of an earlier receive deletes nothing, and is no mistake: so it is in AWS. */
    remove(queue: Queue, receipt: string): void {
      database.run('DELETE FROM sqs_message WHERE queue = ? AND receipt = ?', queue.id, receipt)
    },
    /** Whether the message is in flight, and now stays hidden until `visible`. */
    hide(queue: Queue, receipt: string, visible: Millis, now: Millis): boolean {
      const { changes } = database.run(
        'UPDATE sqs_message SET visible = ? WHERE queue = ? AND receipt = ? AND visible > ?',
        visible,
        queue.id,
        receipt,
        now,
      )
      changed(queue.id)
      return changes > 0
    },
    counts(queue: Queue, now: Millis): { visible: number; hidden: number; delayed: number } {
      const row = database.get<{ visible: number | null; hidden: number | null; delayed: number | null }>(
        `SELECT sum(visible <= ?) AS visible, sum(visible > ? AND receives > 0) AS hidden,
         sum(visible > ? AND receives = 0) AS delayed FROM sqs_message WHERE queue = ?`,
        now,
        now,
        now,
        queue.id,
      )
      return { visible: row?.visible ?? 0, hidden: row?.hidden ?? 0, delayed: row?.delayed ?? 0 }
    },
  }
}

export type MessageStore = ReturnType<typeof createMessageStore>
