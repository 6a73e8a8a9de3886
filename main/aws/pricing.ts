import { GetProductsCommand } from '@aws-sdk/client-pricing'
import { z } from 'zod'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** One price of one product, as the Price List API has it. */
export interface ListedPrice {
  sku: string
  usageType: string
  region: string
  /** productFamily, e.g. `Active Pipeline`. */
  family: string
  unit: string
  /** Decimal text, as AWS writes it: `0.0050000000`. */
  usd: string
  description: string
  /** Where a tier begins and ends; absent where AWS does not say. */
  begins?: string | undefined
  /** When this price came into force; ISO 8601. */
  effective?: string | undefined
}

export interface Pricing {
  /** All prices of a service in one region. Items that can't be read are left out, and counted. */
  products(
    account: string,
    service: string,
    region: string,
    ask: Ask,
  ): Promise<{ prices: ListedPrice[]; unread: number }>
}

/** The Price List API answers in few regions only; this one has all prices. */
const pricingRegion = 'us-east-1'
const mostPages = 30

export function pricing(door: Door): Pricing {
  return {
    async products(account, service, region, ask) {
      const at: At = { account, region: pricingRegion }
      const prices: ListedPrice[] = []
      let unread = 0
      let token: string | undefined
      for (let page = 0; page < mostPages; page++) {
        const NextToken = token
        const output = await door(
          at,
          {
            service: 'pricing',
            name: 'GetProducts',
            same: JSON.stringify([service, region, NextToken]),
            send: client =>
              client.send(
                new GetProductsCommand({
                  ServiceCode: service,
                  Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: region }],
                  FormatVersion: 'aws_v1',
                  MaxResults: 100,
                  ...(NextToken !== undefined && { NextToken }),
                }),
              ),
          },
          ask,
        )
        for (const item of output.PriceList ?? []) {
          const read = listedPrices(item)
          if (read) prices.push(...read)
          else unread++
        }
        token = output.NextToken
        if (token === undefined) break
      }
      return { prices, unread }
    },
  }
}

const text = z.string().catch('')
const Product = z.object({
  product: z.object({
    sku: text,
    productFamily: text,
    attributes: z.object({ usagetype: text, regionCode: text }),
  }),
  terms: z.object({
    OnDemand: z.record(
      z.string(),
      z.object({
        effectiveDate: z.string().optional().catch(undefined),
        priceDimensions: z.record(
          z.string(),
          z.object({
            unit: text,
            description: text,
            beginRange: z.string().optional().catch(undefined),
            pricePerUnit: z.object({ USD: z.string().optional() }),
          }),
        ),
      }),
    ),
  }),
})

/** One item of `PriceList`: JSON as text (an object where the SDK parsed it). Undefined where it is of another shape. */
export function listedPrices(item: unknown): ListedPrice[] | undefined {
  const parsed = Product.safeParse(typeof item === 'string' ? parseJson(item) : item)
  if (!parsed.success) return undefined
  const { product, terms } = parsed.data
  return Object.values(terms.OnDemand).flatMap(({ effectiveDate, priceDimensions }) =>
    Object.values(priceDimensions).flatMap(({ unit, description, beginRange, pricePerUnit: { USD: usd } }) =>
      usd === undefined
        ? []
        : {
            sku: product.sku,
            usageType: product.attributes.usagetype,
            region: product.attributes.regionCode,
            family: product.productFamily,
            unit,
            usd,
            description,
            begins: beginRange,
            effective: effectiveDate,
          },
    ),
  )
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
