import { describe, expect, it } from 'vitest'
import { formatMoney, formatPrice, spokenMoney } from './money.ts'

const usd = (low: number, high = low) => ({ low, high, currency: 'USD' as const })

describe('an amount', () => {
  it('is told in cents, and a range with both its ends', () => {
    expect(formatMoney(usd(12_400_000))).toBe('$12.40')
    expect(formatMoney(usd(1_234_000_000))).toBe('$1,234.00')
    expect(formatMoney(usd(1_200_000, 3_400_000))).toBe('$1.20–$3.40')
    expect(formatMoney(usd(0))).toBe('$0.00')
  })

  it('is one amount where the ends look the same', () => {
    expect(formatMoney(usd(1_200_001, 1_200_002))).toBe('$1.20')
  })

  it('keeps two digits of what is less than a cent', () => {
    expect(formatMoney(usd(3_400))).toBe('$0.0034')
    expect(formatMoney(usd(2))).toBe('$0.000002')
  })

  it('does not tell the lower end of a range more exactly than the upper', () => {
    expect(formatMoney(usd(79, 2_000_000))).toBe('$0.00–$2.00')
    expect(formatMoney(usd(-79, 2_000_000))).toBe('$0.00–$2.00')
    expect(formatMoney(usd(300, 3_400))).toBe('$0.0003–$0.0034')
  })

  it('has its sign before the dollar', () => {
    expect(formatMoney(usd(-2_000_000))).toBe('−$2.00')
    expect(formatMoney(usd(-2_000_000, 1_000_000))).toBe('−$2.00–$1.00')
  })

  it('is read out in words', () => {
    expect(spokenMoney(usd(1_200_000, 3_400_000))).toBe('between $1.20 and $3.40')
    expect(spokenMoney(usd(500_000))).toBe('$0.50')
  })

  it('tells a price as it is, however small its last place', () => {
    expect(formatPrice({ low: 15_000, high: 15_000 })).toBe('$0.015')
    expect(formatPrice({ low: 1_000_000, high: 1_000_000 })).toBe('$1.00')
    expect(formatPrice({ low: 200_000, high: 250_000 })).toBe('$0.20–$0.25')
    expect(formatPrice({ low: 400, high: 400 })).toBe('$0.0004')
  })
})
