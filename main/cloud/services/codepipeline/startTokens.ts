import { hash } from 'node:crypto'
import type { PipelineRef } from '../../providers/provider.ts'
import { AwsError } from '../../server/awsError.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** `clientRequestToken` of StartPipelineExecution: asking twice starts once. */
export interface StartTokens {
  /** The execution that this token has started. UNCONFIRMED: ConflictException where it had asked for something else. */
  find(pipeline: PipelineRef, token: string, request: object): string | undefined
  keep(pipeline: PipelineRef, token: string, request: object, executionId: string): void
}

const fingerprint = (request: object) => hash('sha256', JSON.stringify(request), 'hex')

export function createStartTokens(database: CloudDatabase): StartTokens {
  return {
    find(pipeline, token, request) {
      const known = database.get<{ request: string; execution: string }>(
        'SELECT request, execution FROM pipeline_start_token WHERE pipeline = ? AND token = ?',
        pipeline.id,
        token,
      )
      if (known && known.request !== fingerprint(request)) {
        throw new AwsError('ConflictException', `The client request token ${token} was used for another request`)
      }
      return known?.execution
    },
    keep(pipeline, token, request, executionId) {
      database.run(
        'INSERT INTO pipeline_start_token (pipeline, token, request, execution) VALUES (?, ?, ?, ?)',
        pipeline.id,
        token,
        fingerprint(request),
        executionId,
      )
    },
  }
}
