import type { CostLine, Estimate } from '../../preload/contract/cost.ts'
import { priceIdOf } from './compute.ts'
import type { FreeShare } from './freeTiers.ts'
import { money, priced, type Range, sum } from './money.ts'
import type { PriceBook } from './priceBook.ts'
import type { Machine, Usage } from './usage.ts'

/** The cheapest and the dearest that a build of unknown compute type may have run on. */
const unknownBounds = { low: 'codebuild.linux.small', high: 'codebuild.linux.2xlarge' }

/**
 * What a use costs, line by line, with its part of the account's free tiers. Pure: the same use and prices give the same
 * estimate. Amounts are whole millionths of a dollar, so that lines and pipelines add up exactly.
 */
export function estimate(
  usage: Usage,
  free: FreeShare | undefined,
  book: PriceBook,
  reasons: readonly string[],
): Estimate {
  const { region } = usage
  const line = (
    item: CostLine['item'],
    quantity: Range,
    priceId: string,
    label?: string,
    freeTier = false,
  ): CostLine => {
    const price = book.price(priceId, region)
    const amount = priced(quantity, price)
    return {
      item,
      freeTier,
      label: label ?? price.label,
      quantity,
      unit: price.unit,
      priceId,
      confirmed: price.confirmed && price.region === region,
      amount: freeTier ? money(0 - amount.low, 0 - amount.high) : amount,
    }
  }
  const build = ([machine, minutes]: [Machine, Range]): CostLine => {
    if (machine !== 'unknown') return line('codeBuild', minutes, priceIdOf(machine))
    const [low, high] = [book.price(unknownBounds.low, region), book.price(unknownBounds.high, region)]
    const amount = money(priced(minutes, low).low, priced(minutes, high).high)
    const label = 'CodeBuild, compute type not known'
    return { item: 'codeBuild', freeTier: false, label, quantity: minutes, unit: 'minute', confirmed: false, amount }
  }
  const freeBuild = ([machine, minutes]: [Machine, Range]): CostLine =>
    line(
      'codeBuild',
      minutes,
      machine === 'unknown' ? unknownBounds.low : priceIdOf(machine),
      'Free build minutes of the account, its part',
      true,
    )
  const lines = [
    ...(usage.type === 'V1'
      ? [
          line('v1Pipeline', usage.activeMonths, 'codepipeline.v1.pipeline'),
          ...(free
            ? [
                line(
                  'v1Pipeline',
                  free.activeMonths,
                  'codepipeline.v1.pipeline',
                  'Free pipeline of the account, its part',
                  true,
                ),
              ]
            : []),
        ]
      : [
          line('v2Minutes', usage.minutes, 'codepipeline.v2.minute'),
          ...(free
            ? [line('v2Minutes', free.minutes, 'codepipeline.v2.minute', 'Free minutes of the account, its part', true)]
            : []),
        ]),
    ...[...usage.builds].map(build),
    ...[...(free?.builds ?? [])].map(freeBuild),
    line('storage', usage.storedGb, 's3.storage'),
    line('requests', { low: usage.puts, high: usage.puts }, 's3.put'),
    line('requests', { low: usage.gets, high: usage.gets }, 's3.get'),
    line('encryption', usage.keys, 'kms.key'),
    line('encryption', usage.keyRequests, 'kms.request'),
  ].filter(({ quantity }) => quantity.high !== 0 || quantity.low !== 0)
  return {
    total: sum(lines.map(({ amount }) => amount)),
    lines,
    reasons: [...reasons],
    pricing: book.pricing(idsOf(lines, usage).map(id => ({ id, region }))),
  }
}

const idsOf = (lines: readonly CostLine[], { builds }: Usage): string[] => [
  ...lines.flatMap(({ priceId }) => priceId ?? []),
  ...(builds.has('unknown') ? Object.values(unknownBounds) : []),
]

/** Several estimates as one: lines alike are added, reasons told once. Totals add up exactly. */
export function merged(estimates: readonly Estimate[], book: PriceBook): Estimate {
  const lines = new Map<string, CostLine>()
  for (const line of estimates.flatMap(each => each.lines)) {
    const id = JSON.stringify([line.item, line.freeTier, line.label, line.priceId])
    const known = lines.get(id)
    lines.set(
      id,
      known
        ? {
            ...known,
            confirmed: known.confirmed && line.confirmed,
            quantity: {
              low: known.quantity.low + line.quantity.low,
              high: known.quantity.high + line.quantity.high,
            },
            amount: sum([known.amount, line.amount]),
          }
        : line,
    )
  }
  const pricings = estimates.map(({ pricing }) => pricing)
  const empty = book.pricing([])
  return {
    total: sum(estimates.map(({ total }) => total)),
    lines: [...lines.values()],
    reasons: [...new Set(estimates.flatMap(({ reasons }) => reasons))],
    pricing: {
      oldest: pricings.map(({ oldest }) => oldest).sort()[0] ?? empty.oldest,
      newest:
        pricings
          .map(({ newest }) => newest)
          .sort()
          .at(-1) ?? empty.newest,
      unconfirmed: [...new Set(pricings.flatMap(({ unconfirmed }) => unconfirmed))],
      assumed: [...new Set(pricings.flatMap(({ assumed }) => assumed))],
    },
  }
}
