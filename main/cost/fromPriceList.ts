import type { Price } from '../../preload/contract/cost.ts'
import type { ListedPrice } from '../aws/pricing.ts'
import { microsOf } from './money.ts'

/**
 * Which of our prices an item of AWS's price list is. AWS documents no list of usage types, so that these are read by
 * what they contain (UNCONFIRMED); what fits none is left out, and the book's price stays.
 */
const patterns: readonly { id: string; service: string; usage: RegExp; unit: RegExp }[] = [
  { id: 'codepipeline.v1.pipeline', service: 'AWSCodePipeline', usage: /activePipeline/i, unit: /pipeline/i },
  { id: 'codepipeline.v2.minute', service: 'AWSCodePipeline', usage: /action.?execution|minute/i, unit: /minute/i },
  ...(['small', 'medium', 'large', 'xlarge', '2xlarge'] as const).map(size => ({
    id: `codebuild.linux.${size}`,
    service: 'CodeBuild',
    usage: new RegExp(`Build-Min:Linux:g1\\.${size}$`, 'i'),
    unit: /min/i,
  })),
  ...(['small', 'large'] as const).map(size => ({
    id: `codebuild.arm.${size}`,
    service: 'CodeBuild',
    usage: new RegExp(`Build-Min:ARM:g1\\.${size}$`, 'i'),
    unit: /min/i,
  })),
  ...(['medium', 'large'] as const).map(size => ({
    id: `codebuild.windows.${size}`,
    service: 'CodeBuild',
    usage: new RegExp(`Build-Min:Windows:g1\\.${size}$`, 'i'),
    unit: /min/i,
  })),
  {
    id: 'codebuild.gpu.large',
    service: 'CodeBuild',
    usage: /Build-Min:(Linux-?)?GPU:g1\.large$/i,
    unit: /min/i,
  },
]

/** Services whose price lists are asked for. */
export const pricedServices: readonly string[] = [...new Set(patterns.map(({ service }) => service))]

/** What the price list says of our prices; free tiers (price 0) and later tiers are left out. Pure. */
export function fromPriceList(
  service: string,
  region: string,
  listed: readonly ListedPrice[],
  labelOf: (id: string) => string,
  now: string,
): Price[] {
  const found = new Map<string, Price>()
  for (const { usageType, unit, usd, region: of, effective } of listed) {
    const pattern = patterns.find(
      each => each.service === service && each.usage.test(usageType) && each.unit.test(unit),
    )
    const amount = microsOf(usd)
    if (!pattern || !amount || amount.micros === 0 || (of !== '' && of !== region)) continue
    const known = found.get(pattern.id)
    const price: Price = {
      id: pattern.id,
      label: labelOf(pattern.id),
      region,
      low: amount.micros,
      high: amount.micros,
      per: amount.per,
      unit: pattern.id === 'codepipeline.v1.pipeline' ? 'pipeline-month' : 'minute',
      source: `AWS Price List API, ${usageType}`,
      date: (effective ?? now).slice(0, 10),
      confirmed: true,
    }
    // Several tiers: the first one is the dearest.
    if (!known || known.low / known.per < price.low / price.per) found.set(pattern.id, price)
  }
  return [...found.values()]
}
