import type { FailureShape } from '../../preload/contract/base.ts'
import type { PriceTable } from '../../preload/contract/cost.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import { failureShape } from '../base/rpc.ts'
import type { Store } from '../store/store.ts'
import type { Cost } from './cost.ts'
import { fromPriceList, pricedServices } from './fromPriceList.ts'
import { bookRegion, type PriceBook } from './priceBook.ts'

export interface PricesOptions {
  aws: Pick<Aws, 'pricing'>
  store: Pick<Store, 'prices'>
  accounts: Pick<Accounts, 'get'>
  clock: Clock
  book: PriceBook
  onPrices: () => void
}

/** The prices that estimates are made with, and how they are renewed. */
export function createPrices(options: PricesOptions): Pick<Cost, 'prices' | 'refreshPrices'> {
  const { aws, store, accounts, clock, book, onPrices } = options
  let problem: FailureShape | undefined
  const table = (): PriceTable => ({ ...book.table(), ...(problem && { problem }) })

  return {
    prices: table,
    async refreshPrices(account) {
      problem = undefined
      if (accounts.get(account)?.source.kind === 'localCloud') {
        problem = noPriceList(account)
        return table()
      }
      const at = new Date(clock.now()).toISOString()
      const regions = new Set([bookRegion, ...(accounts.get(account)?.regions ?? [])])
      const labelOf = (id: string) => book.price(id, bookRegion).label
      try {
        for (const service of pricedServices) {
          for (const region of regions) {
            const { prices } = await aws.pricing.products(account, service, region, { priority: 'person' })
            const found = fromPriceList(service, region, prices, labelOf, at)
            store.prices.put(found.map(price => ({ price, at })))
          }
        }
      } catch (thrown) {
        problem = failureShape(thrown)
      }
      onPrices()
      return table()
    },
  }
}

const noPriceList = (account: string): FailureShape => ({
  code: 'NoPriceList',
  message: 'The local cloud has no price list: the book’s prices are used.',
  place: { account },
  next: 'Choose an account of AWS that may call pricing:GetProducts.',
})
