import type { Price } from '../../preload/contract/cost.ts'
import type { Money } from '../../preload/contract/money.ts'

/** From so much to so much of something. */
export interface Range {
  low: number
  high: number
}

export const nothing: Money = { low: 0, high: 0, currency: 'USD' }

export const money = (low: number, high: number): Money => ({ low, high, currency: 'USD' })

export const plus = (a: Money, b: Money): Money => money(a.low + b.low, a.high + b.high)

export const sum = (amounts: readonly Money[]): Money => amounts.reduce(plus, nothing)

/**
 * What paying `b` in place of `a` spares. What is not known is the same on both sides, so that each end is compared with
 * its like: where nothing changes, nothing is spared.
 */
export function spared(a: Money, b: Money): Money {
  const [low, high] = [a.low - b.low, a.high - b.high]
  return money(Math.min(low, high), Math.max(low, high))
}

export const exactly = (quantity: number): Range => ({ low: quantity, high: quantity })

export const addRanges = (a: Range, b: Range): Range => ({ low: a.low + b.low, high: a.high + b.high })

/** Rounded to the nearest millionth of a dollar, for parts of a unit (a byte-month, a request). */
export const priced = (quantity: Range, { low, high, per }: Pick<Price, 'low' | 'high' | 'per'>): Money =>
  money(Math.round((quantity.low * low) / per), Math.round((quantity.high * high) / per))

export const times = (amount: Money, factor: number): Money =>
  money(Math.round(amount.low * factor), Math.round(amount.high * factor))

/**
 * A decimal text as whole millionths for `per` units: `0.0000004` is 4 for 10. Undefined for what is no price.
 */
export function microsOf(usd: string): { micros: number; per: number } | undefined {
  const parts = /^(\d{1,9})(?:\.(\d{1,12}))?$/.exec(usd)
  if (!parts) return undefined
  const [, whole = '0', fraction = ''] = parts
  const digits = fraction.replace(/0+$/, '')
  const places = Math.max(digits.length, 6)
  const value = Number(whole + digits.padEnd(places, '0'))
  return { micros: value, per: 10 ** (places - 6) }
}
