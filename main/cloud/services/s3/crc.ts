import { crc32 } from 'node:zlib'

/** A running checksum over bytes. */
export interface Running {
  update(bytes: Uint8Array): unknown
  digest(): Buffer
}

/** CRC-32 (ISO-HDLC). */
export function runningCrc32(): Running {
  let value = 0
  return {
    update: bytes => (value = crc32(bytes, value)),
    digest: () => word(value),
  }
}

/** CRC-32C (Castagnoli). */
export function runningCrc32c(): Running {
  let value = 0xffffffff
  return {
    update(bytes) {
      for (const byte of bytes) value = (castagnoli[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
    },
    digest: () => word(value ^ 0xffffffff),
  }
}

/** CRC-64/NVME: what S3 itself adds to an object that came without a checksum. */
export function runningCrc64Nvme(): Running {
  let [high, low] = [0xffffffff, 0xffffffff]
  return {
    update(bytes) {
      for (const byte of bytes) {
        const at = (low ^ byte) & 0xff
        low = ((low >>> 8) | (high << 24)) ^ (nvme.low[at] ?? 0)
        high = (high >>> 8) ^ (nvme.high[at] ?? 0)
      }
    },
    digest: () => Buffer.concat([word(high ^ 0xffffffff), word(low ^ 0xffffffff)]),
  }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

const castagnoli = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

// Halves of 32 bits: 64-bit integers of the language are ten times slower.
const nvme = (() => {
  const [high, low] = [new Uint32Array(256), new Uint32Array(256)]
  for (let index = 0; index < 256; index++) {
    let value = BigInt(index)
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n
    high[index] = Number(value >> 32n)
    low[index] = Number(value & 0xffffffffn)
  }
  return { high, low }
})()
