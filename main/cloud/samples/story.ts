import { infrastructure, infrastructureEurope } from './infrastructureChapters.ts'
import { payments, paymentsEurope } from './paymentsChapters.ts'
import { shopGuide, webShop, webShopEurope } from './shopChapters.ts'
import type { Chapter } from './telling.ts'

/** In the order in which a newcomer wants to see them. */
export const chapters: readonly Chapter[] = [
  webShop,
  payments,
  infrastructure,
  webShopEurope,
  shopGuide,
  paymentsEurope,
  infrastructureEurope,
]
