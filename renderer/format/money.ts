import type { Money } from '../../preload/contract/money.ts'

const formats = new Map<number, Intl.NumberFormat>()

/** Cents from a cent on; below it as many places as the first two digits need, so that a small price is not "$0.00". */
const placesOf = (size: number) => (size === 0 || size >= 0.01 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size))))

function dollars(micros: number, places: number): string {
  const size = Math.abs(micros) / 1_000_000
  let format = formats.get(places)
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: places, maximumFractionDigits: places })
    formats.set(places, format)
  }
  return format.format(size)
}

/** `$12.40`, `$0.0034`, `$1.20–$3.40` where it is a range, `−$2.00`. Both ends are as exact as the larger needs. */
export function formatMoney({ low, high }: Money): string {
  const places = placesOf(Math.max(Math.abs(low), Math.abs(high)) / 1_000_000)
  const one = (micros: number) => {
    const told = dollars(micros, places)
    return micros < 0 && Number(told.replaceAll(',', '')) !== 0 ? `−$${told}` : `$${told}`
  }
  const [from, to] = [one(low), one(high)]
  return from === to ? from : `${from}–${to}`
}

/** A price as it was told, never rounded: `$0.015`, `$0.20–$0.25`. */
export function formatPrice({ low, high }: Pick<Money, 'low' | 'high'>): string {
  const exact = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 })
  const [from, to] = [low, high].map(micros => `$${exact.format(micros / 1_000_000)}`)
  return from === to ? `${from}` : `${from}–${to}`
}

/** For screen readers: `between $1.20 and $3.40`. */
export function spokenMoney(money: Money): string {
  const [from = '', to] = formatMoney(money).split('–')
  return to === undefined ? from : `between ${from} and ${to}`
}
