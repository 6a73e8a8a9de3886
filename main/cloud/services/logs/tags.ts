import { z } from 'zod'
import type { LogGroupRow } from './logStore.ts'

const tags = z.record(z.string(), z.string())

/** The tags of a group. */
export const readTags = (group: LogGroupRow): Record<string, string> => tags.parse(JSON.parse(group.tags))
