import { describe, expect, it } from 'vitest'
import { readXml } from './xml.ts'

describe('the XML of a report', () => {
  it('has its character references read, as every message of a failed test has line ends', () => {
    const [element] = readXml('<failure message="expected 1&#10;got &#x32; &lt;&amp;&gt;"/>').children
    expect(element?.attributes.message).toBe('expected 1\ngot 2 <&>')
  })
})
