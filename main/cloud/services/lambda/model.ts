import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'
import type { FunctionName } from './names.ts'

/** What a function is made with, as it is kept: what this cloud goes by, and what it only tells back. */
export const functionSettings = z.looseObject({
  Runtime: z.string(),
  Role: z.string(),
  Handler: z.string(),
  Description: z.string().default(''),
  Timeout: z.int().default(3),
  MemorySize: z.int().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).optional() }).optional(),
  LoggingConfig: z.looseObject({ LogGroup: z.string().optional() }).optional(),
})
export type FunctionSettings = z.infer<typeof functionSettings>

/** Base64 SHA-256 and bytes of a deployment package. */
export interface CodePackage {
  hash: string
  size: number
}

/** A statement of a function's resource policy. */
export interface Statement {
  Sid: string
  [member: string]: unknown
}

export interface StoredFunction extends FunctionName {
  modified: Millis
  revision: string
  settings: FunctionSettings
  code: CodePackage
  statements: readonly Statement[]
  policyRevision: string
  tags: Readonly<Record<string, string>>
}

/** The JSON text of a function's policy; undefined where nothing was added. */
export const policyOf = ({ statements }: Pick<StoredFunction, 'statements'>): string | undefined =>
  statements.length === 0 ? undefined : JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })

export const logGroupOf = ({ name, settings }: Pick<StoredFunction, 'name' | 'settings'>) =>
  settings.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`
