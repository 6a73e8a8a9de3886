import type { PipelineRef } from '../../providers/provider.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** The revision of each source action that last started its pipeline. */
export interface SeenRevisions {
  last(pipeline: PipelineRef, action: string): string | undefined
  keep(pipeline: PipelineRef, action: string, revision: string): void
}

export function createSeenRevisions(database: CloudDatabase): SeenRevisions {
  return {
    last: (pipeline, action) =>
      database.get<{ revision: string }>(
        'SELECT revision FROM pipeline_seen_revision WHERE pipeline = ? AND action = ?',
        pipeline.id,
        action,
      )?.revision,
    keep(pipeline, action, revision) {
      database.run(
        `INSERT INTO pipeline_seen_revision (pipeline, action, revision) VALUES (?, ?, ?)
         ON CONFLICT (pipeline, action) DO UPDATE SET revision = excluded.revision`,
        pipeline.id,
        action,
        revision,
      )
    },
  }
}
