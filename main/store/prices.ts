import { z } from 'zod'
import { Instant } from '../../preload/contract/base.ts'
import { Price } from '../../preload/contract/cost.ts'
import type { Database } from './database.ts'
import { fitting } from './json.ts'

const StoredPrice = z.object({ price: Price, at: Instant })
export type StoredPrice = z.infer<typeof StoredPrice>

/** Prices that AWS told, which go before those of the book. */
export interface PriceStore {
  all(): StoredPrice[]
  put(prices: readonly StoredPrice[]): void
}

export function priceStore(database: Database): PriceStore {
  return {
    all: () => fitting(database.all('SELECT json FROM prices ORDER BY id, region'), StoredPrice),
    put: prices =>
      database.transaction(() => {
        for (const stored of prices) {
          database.run(
            'INSERT INTO prices (id, region, json) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
            stored.price.id,
            stored.price.region,
            JSON.stringify(StoredPrice.parse(stored)),
          )
        }
      }),
  }
}
