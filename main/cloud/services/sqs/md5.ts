import { createHash } from 'node:crypto'
import type { KeptAttributes } from './messageStore.ts'

export const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** The digest that clients compare (SQS developer guide, "Calculating the MD5 message digest for message attributes"). */
export function md5OfAttributes(attributes: KeptAttributes): string | undefined {
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return undefined
  const digest = createHash('md5')
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.byteLength)
    digest.update(length).update(bytes)
  }
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {}
    add(Buffer.from(name))
    add(Buffer.from(DataType))
    digest.update(Uint8Array.of(BinaryValue === undefined ? 1 : 2))
    add(BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64'))
  }
  return digest.digest('hex')
}
