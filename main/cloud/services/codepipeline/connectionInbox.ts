import type { PipelineRef } from '../../providers/provider.ts'
import type { CloudDatabase } from '../../state/database.ts'

/** A reference of a repository that moved, as CodeCommit tells of it. */
export interface Moved {
  event: 'referenceCreated' | 'referenceUpdated' | 'referenceDeleted'
  repositoryId: string
  repositoryName: string
  referenceFullName: string
  commitId?: string | undefined
  oldCommitId?: string | undefined
}

/** A move that a source behind a connection has still to be judged by. */
export interface Waiting {
  number: number
  pipeline: number
  action: string
  moved: Moved
}

/**
 * What was heard for sources behind connections and is not judged yet: durable before the announcement of it returns,
 * so that no push is lost to a kill. What is announced twice, as after a kill, is kept once.
 */
export interface ConnectionInbox {
  /** Whether it is news. */
  keep(pipeline: PipelineRef, action: string, moved: Moved): boolean
  /** Oldest first. */
  waiting(): Waiting[]
  judged(number: number): void
}

interface Row {
  number: number
  pipeline: number
  action: string
  moved: string
}

export function createConnectionInbox(database: CloudDatabase): ConnectionInbox {
  return {
    keep(pipeline, action, moved) {
      const { repositoryId, referenceFullName, oldCommitId = '', commitId = '' } = moved
      const key = [pipeline.id, action, repositoryId, referenceFullName] as const
      const move = `${oldCommitId}..${commitId}`
      return database.transaction(() => {
        const last = database.get<{ move: string }>(
          'SELECT move FROM pipeline_heard WHERE pipeline = ? AND action = ? AND repository = ? AND reference = ?',
          ...key,
        )
        if (last?.move === move) return false
        database.run(
          `INSERT INTO pipeline_heard (pipeline, action, repository, reference, move) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (pipeline, action, repository, reference) DO UPDATE SET move = excluded.move`,
          ...key,
          move,
        )
        database.run(
          'INSERT INTO pipeline_inbox (pipeline, action, moved) VALUES (?, ?, ?)',
          pipeline.id,
          action,
          JSON.stringify(moved),
        )
        return true
      })
    },
    waiting: () =>
      database
        .all<Row>('SELECT number, pipeline, action, moved FROM pipeline_inbox ORDER BY number')
        // Written by this file only.
        .map(({ moved, ...row }) => ({ ...row, moved: JSON.parse(moved) as Moved })),
    judged: number => void database.run('DELETE FROM pipeline_inbox WHERE number = ?', number),
  }
}
