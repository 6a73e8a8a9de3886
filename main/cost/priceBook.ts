import { z } from 'zod'
import { Price, type PriceTable, type Pricing } from '../../preload/contract/cost.ts'
import type { StoredPrice } from '../store/prices.ts'
import { microsOf } from './money.ts'

const Usd = z.string().refine(text => microsOf(text) !== undefined, 'Expected dollars as decimal text')
/** `resources/prices.json`. `usdHigh` where sources differ. */
const BookFile = z.object({
  currency: z.literal('USD'),
  date: z.iso.date(),
  prices: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      region: z.string(),
      usd: Usd,
      usdHigh: Usd.optional(),
      per: z.number().int().positive(),
      unit: z.string(),
      source: z.string(),
      date: z.iso.date(),
      confirmed: z.boolean(),
    }),
  ),
})

/** Prices by id and region: what AWS told goes before the book. */
export interface PriceBook {
  /** The region's own price, or that of us-east-1. @throws TypeError for an id that the book lacks. */
  price: (id: string, region: string) => Price
  /** What is to be said of the prices with these ids in these regions. */
  pricing(used: readonly { id: string; region: string }[]): Pricing
  table(): Pick<PriceTable, 'currency' | 'bookDate' | 'prices' | 'refreshed'>
}

/** The region whose prices stand in for regions that the book has none of. */
export const bookRegion = 'us-east-1'

/**
 * `told` gives the same array until something is told anew.
 *
 * @throws ZodError where the book is of another shape: a fault of the build.
 */
export function priceBook(file: unknown, told: () => readonly StoredPrice[]): PriceBook {
  const book = BookFile.parse(file)
  const written = book.prices.map(priceOf)
  const at = (id: string, region: string) => `${id} ${region}`
  let known: { told: readonly StoredPrice[]; prices: Map<string, Price> } | undefined
  const all = (): Map<string, Price> => {
    const stored = told()
    if (known?.told !== stored) {
      const prices = [...written, ...stored.map(({ price }) => price)]
      known = { told: stored, prices: new Map(prices.map(each => [at(each.id, each.region), each])) }
    }
    return known.prices
  }
  const price = (id: string, region: string): Price => {
    const found = all().get(at(id, region)) ?? all().get(at(id, bookRegion))
    if (!found) throw new TypeError(`The price book has no ${id}`)
    return found
  }
  return {
    price,
    pricing(used) {
      const prices = used.map(({ id, region }) => price(id, region))
      const dates = prices.map(({ date }) => date).sort()
      return {
        oldest: dates[0] ?? book.date,
        newest: dates.at(-1) ?? book.date,
        unconfirmed: [...new Set(prices.flatMap(({ id, confirmed }) => (confirmed ? [] : id)))],
        assumed: [...new Set(used.flatMap(({ id, region }) => (price(id, region).region === region ? [] : region)))],
      }
    },
    table() {
      const stored = told()
      const last = stored
        .map(each => each.at)
        .sort()
        .at(-1)
      return {
        currency: 'USD',
        bookDate: book.date,
        prices: [...all().values()],
        ...(last !== undefined && { refreshed: { at: last, prices: stored.length } }),
      }
    },
  }
}

/** Whole millionths: a price of less than one for a unit is told for more units. */
function priceOf({ usd, usdHigh = usd, per, ...rest }: z.infer<typeof BookFile>['prices'][number]): Price {
  const [low, high] = [usd, usdHigh].map(text => microsOf(text) ?? { micros: 0, per: 1 })
  const scale = Math.max(low?.per ?? 1, high?.per ?? 1)
  const scaled = (amount: typeof low) => ((amount?.micros ?? 0) * scale) / (amount?.per ?? 1)
  return Price.parse({ ...rest, low: scaled(low), high: scaled(high), per: per * scale })
}
