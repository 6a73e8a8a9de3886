import type { Money } from '../../preload/contract/money.ts'
import { formatNumber } from './number.ts'

/** Cents from a cent on; below it as many places as the first two digits need, so that a small price is not "$0.00". */
const placesOf = (size: number) => (size === 0 || size >= 0.01 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size))))

/** `$12.40`, `$0.0034`, `$1.20–$3.40` where it is a range, `−$2.00`. Both ends are as exact as the larger needs. */
export function formatMoney({ low, high }: Money): string {
  const places = placesOf(Math.max(Math.abs(low), Math.abs(high)) / 1_000_000)
  const one = (micros: number) => {
    const told = formatNumber(Math.abs(micros) / 1_000_000, places, places)
    return micros < 0 && Number(told.replaceAll(',', '')) !== 0 ? `−$${told}` : `$${told}`
  }
  const [from, to] = [one(low), one(high)]
  return from === to ? from : `${from}–${to}`
}

/** A price as it was told, never rounded: `$0.015`, `$0.20–$0.25`. */
export function formatPrice({ low, high }: Pick<Money, 'low' | 'high'>): string {
  const [from, to] = [low, high].map(micros => `$${formatNumber(micros / 1_000_000, 6, 2)}`)
  return from === to ? `${from}` : `${from}–${to}`
}

/** For screen readers: `between $1.20 and $3.40`. */
export function spokenMoney(money: Money): string {
  const [from = '', to] = formatMoney(money).split('–')
  return to === undefined ? from : `between ${from} and ${to}`
}
