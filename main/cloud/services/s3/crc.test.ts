import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Running, runningCrc32, runningCrc32c, runningCrc64Nvme } from './crc.ts'

const of = (running: Running, bytes: Uint8Array) => {
  running.update(bytes)
  return running.digest().toString('hex')
}

describe('checksums', () => {
  // The check values of the catalogue of parametrised CRC algorithms: over the nine bytes "123456789".
  it.each([
    ['CRC-32', runningCrc32, 'cbf43926'],
    ['CRC-32C', runningCrc32c, 'e3069283'],
    ['CRC-64/NVME', runningCrc64Nvme, 'ae8b14860a799888'],
  ])('%s gives its catalogued check value', (_, start, expected) => {
    expect(of(start(), Buffer.from('123456789'))).toBe(expected)
  })

  it('do not depend on how the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, at) => {
        for (const start of [runningCrc32, runningCrc32c, runningCrc64Nvme]) {
          const cut = start()
          cut.update(bytes.subarray(0, at))
          cut.update(bytes.subarray(at))
          expect(cut.digest().toString('hex')).toBe(of(start(), bytes))
        }
        expect(of(runningCrc32(), bytes)).toBe(crc32(bytes).toString(16).padStart(8, '0'))
      }),
    )
  })
})
