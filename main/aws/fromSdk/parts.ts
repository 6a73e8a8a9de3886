import type { State } from '../../../preload/contract/base.ts'

/** An instant of the SDK as the contract has it. */
export const instant = (date: Date | undefined): string | undefined =>
  date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString()

/** An instant that the model requires but that recorded answers were seen without (fact sheet, 13). */
export const instantOr = (date: Date | undefined, fallback: Date | undefined): string =>
  instant(date) ?? instant(fallback) ?? new Date(0).toISOString()

/** A date as git writes it (`1789000000 +0200`) or as ISO 8601: sources and GetCommit give either. */
export function gitInstant(text: string | undefined): string | undefined {
  const seconds = /^(\d{9,11})(?: [+-]\d{4})?$/.exec(text?.trim() ?? '')?.[1]
  return text === undefined ? undefined : instant(new Date(seconds === undefined ? text : Number(seconds) * 1000))
}

/** PipelineExecutionStatus and StageExecutionStatus as states; that an approval waits is not told by them. */
export function stateOf(status: string | undefined): State {
  switch (status) {
    case 'Succeeded':
      return 'succeeded'
    case 'Failed':
      return 'failed'
    case 'InProgress':
    case 'Stopping':
      return 'running'
    case 'Stopped':
    case 'Abandoned':
      return 'stopped'
    case 'Superseded':
      return 'superseded'
    case 'Cancelled':
      return 'cancelled'
    case 'Skipped':
      return 'skipped'
    case undefined:
      return 'notRun'
    default:
      return 'stale'
  }
}

/** Drops members that are undefined or empty text, so that what is absent stays absent. */
export function present<T extends object>(members: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: { [K in keyof T]?: NonNullable<T[K]> } = {}
  for (const name in members) {
    const value = members[name]
    if (value !== undefined && value !== null && value !== '') kept[name] = value
  }
  return kept
}

export const errorOf = (details: { code?: string | undefined; message?: string | undefined } | undefined) =>
  details?.code === undefined && details?.message === undefined
    ? undefined
    : { code: details.code ?? 'Unknown', message: details.message ?? '' }

/** CodeCommit and connections put a JSON text around what was committed; others plain text. */
export function summaryText(summary: string | undefined): string | undefined {
  if (summary === undefined || !summary.startsWith('{')) return summary
  try {
    const parsed: unknown = JSON.parse(summary)
    const message =
      typeof parsed === 'object' && parsed !== null && 'CommitMessage' in parsed ? parsed.CommitMessage : undefined
    return typeof message === 'string' ? message : summary
  } catch {
    return summary
  }
}

/** The local cloud says so of what it made in simulated time; AWS never does. */
export const isSample = (summary: string | undefined): boolean => summary?.startsWith('Sample data') ?? false
