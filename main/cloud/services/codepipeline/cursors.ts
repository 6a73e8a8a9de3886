import { z } from 'zod'
import type { Cursor } from '../../execution/history.ts'
import type { PipelineRef } from '../../providers/provider.ts'
import type { PageTokens } from './pageTokens.ts'

const position = z.object({ started: z.number(), number: z.number() })

/** The paging of one list over a pipeline's history: its token stands for where the page before ended. */
export function cursors(pageTokens: PageTokens, operation: string, pipeline: PipelineRef, filter: unknown) {
  const scope = { operation, pipeline: pipeline.id, filter }
  return {
    from: (token: string | undefined): Cursor | undefined =>
      token === undefined ? undefined : pageTokens.open(scope, token, position),
    next: (cursor: Cursor | undefined): { nextToken?: string } =>
      cursor ? { nextToken: pageTokens.seal(scope, cursor) } : {},
  }
}
