import { Month } from '../../../preload/contract/cost.ts'
import { PipelineKey } from '../../../preload/contract/pipelines.ts'

export const costTabs = ['pipelines', 'switch', 'waste', 'prices'] as const
export type CostTab = (typeof costTabs)[number]

/** What the Cost screen is about, as its address says. */
export interface CostView {
  month: Month
  /** Absent: as `useSampleData` finds right. */
  sampleData?: boolean
  tab: CostTab
  /** One pipeline in full. */
  pipeline?: PipelineKey
}

/** The calendar month of UTC that holds a time (ms). */
export const monthOf = (now: number): Month => new Date(now).toISOString().slice(0, 7)

/** The month before or after; `by` in months. */
export function monthsFrom(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return monthOf(Date.UTC(year, number - 1 + by, 1))
}

/** Reads the address; what does not fit is as if it were not there. `now` in ms. */
export function parseCost(query: string, now: number): CostView {
  const search = new URLSearchParams(query)
  const [account, region, name] = (search.get('pipeline') ?? '').split('/')
  const samples = search.get('samples')
  const pipeline = PipelineKey.safeParse({ account, region, name }).data
  return {
    month: Month.safeParse(search.get('month')).data ?? monthOf(now),
    ...((samples === '0' || samples === '1') && { sampleData: samples === '1' }),
    tab: costTabs.find(tab => tab === search.get('tab')) ?? 'pipelines',
    ...(pipeline && { pipeline }),
  }
}

/** The address's query; `parseCost` reads it back. */
export function costQuery({ month, sampleData, tab, pipeline }: CostView): string {
  return `${new URLSearchParams({
    month,
    ...(sampleData !== undefined && { samples: sampleData ? '1' : '0' }),
    ...(tab !== 'pipelines' && { tab }),
    ...(pipeline && { pipeline: `${pipeline.account}/${pipeline.region}/${pipeline.name}` }),
  })}`
}
