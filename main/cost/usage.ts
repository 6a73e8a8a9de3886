import type { ComputeType } from '../../preload/contract/cost.ts'
import type { AttemptUsage } from './attemptUsage.ts'
import { addRanges, exactly, type Range } from './money.ts'

/** Of what compute type a build's machine was, or that it is not known. */
export type Machine = ComputeType | 'unknown'

export type PipelineType = 'V1' | 'V2'

/** What a pipeline used of what is billed. Adds up. */
export interface Usage {
  region: string
  type: PipelineType
  /** V1: active pipeline-months. */
  activeMonths: Range
  /** Minutes that V2 bills (of a V1 pipeline: would bill). Whole. */
  minutes: Range
  builds: ReadonlyMap<Machine, Range>
  /** GB-months, of 2^30 bytes. */
  storedGb: Range
  puts: number
  gets: number
  keys: Range
  keyRequests: Range
}

export const noUsage = (region: string, type: PipelineType): Usage => ({
  region,
  type,
  activeMonths: exactly(0),
  minutes: exactly(0),
  builds: new Map(),
  storedGb: exactly(0),
  puts: 0,
  gets: 0,
  keys: exactly(0),
  keyRequests: exactly(0),
})

/** What attempts used: each output artifact is put once, each input got once. */
export function usageOf(attempts: readonly AttemptUsage[], region: string, type: PipelineType): Usage {
  const builds = new Map<Machine, Range>()
  for (const { build } of attempts) {
    if (!build) continue
    const machine = build.compute ?? 'unknown'
    builds.set(machine, addRanges(builds.get(machine) ?? exactly(0), build.minutes))
  }
  return {
    ...noUsage(region, type),
    minutes: exactly(attempts.reduce((sum, { minutes }) => sum + minutes, 0)),
    builds,
    puts: attempts.reduce((sum, { fact }) => sum + fact.outputs, 0),
    gets: attempts.reduce((sum, { fact }) => sum + fact.inputs, 0),
  }
}

/** Both together, of one region and type. */
export function addUsage(a: Usage, b: Usage): Usage {
  const builds = new Map(a.builds)
  for (const [machine, minutes] of b.builds) builds.set(machine, addRanges(builds.get(machine) ?? exactly(0), minutes))
  return {
    region: a.region,
    type: a.type,
    activeMonths: addRanges(a.activeMonths, b.activeMonths),
    minutes: addRanges(a.minutes, b.minutes),
    builds,
    storedGb: addRanges(a.storedGb, b.storedGb),
    puts: a.puts + b.puts,
    gets: a.gets + b.gets,
    keys: addRanges(a.keys, b.keys),
    keyRequests: addRanges(a.keyRequests, b.keyRequests),
  }
}

/** What would be used in `factor` times the time; what is billed by the month stays. */
export function scaledUsage(usage: Usage, factor: number): Usage {
  const whole = ({ low, high }: Range): Range => ({ low: Math.round(low * factor), high: Math.round(high * factor) })
  return {
    ...usage,
    minutes: whole(usage.minutes),
    builds: new Map([...usage.builds].map(([machine, minutes]) => [machine, whole(minutes)])),
    puts: Math.round(usage.puts * factor),
    gets: Math.round(usage.gets * factor),
    keyRequests: whole(usage.keyRequests),
  }
}

export const asType = (usage: Usage, type: PipelineType, activeMonths: Range): Usage => ({
  ...usage,
  type,
  activeMonths,
})

export const buildMinutes = ({ builds }: Pick<Usage, 'builds'>): Range =>
  [...builds.values()].reduce(addRanges, exactly(0))
