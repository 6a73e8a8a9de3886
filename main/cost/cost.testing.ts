import prices from '../../resources/prices.json' with { type: 'json' }
import type { ActionFact, StoredBuild } from '../store/history.ts'
import { priceBook } from './priceBook.ts'

/** The book that comes with the desk. */
export const book = priceBook(prices, () => none)
const none: never[] = []

export const seconds = (n: number) => n * 1000
/** 1 March 2026, 00:00 UTC. */
export const march = Date.UTC(2026, 2, 1)

export function fact(action: string, tookSeconds: number, more: Partial<ActionFact> = {}): ActionFact {
  const startedAt = more.startedAt ?? march
  return {
    id: `${action}-${startedAt}`,
    executionId: 'e1',
    stage: 'Stage',
    action,
    state: 'succeeded',
    sample: false,
    version: 1,
    category: 'Deploy',
    owner: 'AWS',
    provider: 'CloudFormation',
    externalId: undefined,
    errorCode: undefined,
    roleArn: undefined,
    region: undefined,
    inputs: 0,
    outputs: 0,
    ...more,
    startedAt,
    updatedAt: startedAt + seconds(tookSeconds),
  }
}

export function build(tookSeconds: number, more: Partial<StoredBuild> = {}): StoredBuild {
  return {
    id: 'shop:1',
    project: 'shop',
    computeType: 'BUILD_GENERAL1_SMALL',
    environmentType: 'LINUX_CONTAINER',
    startedAt: new Date(march).toISOString(),
    endedAt: new Date(march + seconds(tookSeconds)).toISOString(),
    queuedSeconds: 0,
    status: 'SUCCEEDED',
    ...more,
  }
}
