import type { Money } from '../../preload/contract/money.ts'

const formats = new Map<number, Intl.NumberFormat>()

/** Cents from a cent on; below it as many places as the first two digits need, so that a small price is not "$0.00". */
function dollars(micros: number): string {
  const size = Math.abs(micros) / 1_000_000
  const places = size === 0 || size >= 0.01 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(size)))
  let format = formats.get(places)
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: places, maximumFractionDigits: places })
    formats.set(places, format)
  }
  return format.format(size)
}

const sign = (micros: number) => (micros < 0 ? '−' : '')

/** `$12.40`, `$0.0034`, `$1.20–$3.40` where it is a range, `−$2.00`. */
export function formatMoney({ low, high }: Money): string {
  const one = (micros: number) => `${sign(micros)}$${dollars(micros)}`
  const [from, to] = [one(low), one(high)]
  return from === to ? from : `${from}–${to}`
}

/** For screen readers: `between $1.20 and $3.40`. */
export function spokenMoney(money: Money): string {
  const [from = '', to] = formatMoney(money).split('–')
  return to === undefined ? from : `between ${from} and ${to}`
}
