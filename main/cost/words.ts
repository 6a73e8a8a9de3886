import type { Money } from '../../preload/contract/money.ts'

/** An amount as a person reads it: cents, or ten-thousandths where it is less than one. */
const dollars = (micros: number): string => {
  const amount = Math.abs(micros) / 1e6
  return `$${amount !== 0 && amount < 0.01 ? amount.toFixed(4) : amount.toFixed(2)}`
}

/** A range without its sign; one amount where both ends are the same. */
export function amountOf({ low, high }: Money): string {
  const [less, more] = [dollars(low), dollars(high)].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
  return less === more ? `${less}` : `${less} to ${more}`
}

/** What a change spares or costs more, as the end of a sentence: it names both where either may be. */
export function savingOf(saves: Money): string {
  if (saves.low === 0 && saves.high === 0) return 'cost the same'
  if (saves.low >= 0) return `save ${amountOf(saves)} a month`
  if (saves.high <= 0) return `cost ${amountOf(saves)} a month more`
  return `cost up to ${dollars(saves.low)} more or save up to ${dollars(saves.high)} a month`
}
