import { createHash } from 'node:crypto'
import { BatchGetBuildsCommand, type Build } from '@aws-sdk/client-codebuild'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'
import { instant, present } from './fromSdk/parts.ts'

/** A build as CodeBuild bills it, and what might have made it slower. */
export interface BuildRecord {
  id: string
  project: string
  /** As CodeBuild names them, e.g. `BUILD_GENERAL1_SMALL` on `LINUX_CONTAINER`. */
  computeType?: string | undefined
  environmentType?: string | undefined
  startedAt: string
  /** Absent while it runs. */
  endedAt?: string | undefined
  /** What it waited for a machine. s */
  queuedSeconds: number
  status: string
  /** The inline buildspec's digest, or its file's name: a file's changes come with the revision. */
  buildspec?: string | undefined
  image?: string | undefined
  cache?: string | undefined
  sourceVersion?: string | undefined
}

/** AWS's limit of BatchGetBuilds. */
export const mostBuilds = 100

/** CodeBuild's past. */
export interface BuildRecords {
  /** Those that CodeBuild still knows of, {@link mostBuilds} at a time. */
  builds(at: At, ids: readonly string[], ask: Ask): Promise<BuildRecord[]>
}

export function buildRecords(door: Door): BuildRecords {
  return {
    async builds(at, ids, ask) {
      if (ids.length === 0) return []
      const output = await door(
        at,
        {
          service: 'codebuild',
          name: 'BatchGetBuilds',
          same: JSON.stringify(ids),
          send: client => client.send(new BatchGetBuildsCommand({ ids: ids.slice(0, mostBuilds) })),
        },
        ask,
      )
      return (output.builds ?? []).flatMap(build => recordOf(build) ?? [])
    },
  }
}

function recordOf(build: Build): BuildRecord | undefined {
  const startedAt = instant(build.startTime)
  if (build.id === undefined || startedAt === undefined) return undefined
  const waited = (build.phases ?? []).filter(({ phaseType }) => phaseType === 'QUEUED')
  return {
    id: build.id,
    project: build.projectName ?? '',
    startedAt,
    queuedSeconds: waited.reduce((sum, { durationInSeconds = 0 }) => sum + durationInSeconds, 0),
    status: build.buildStatus ?? '',
    ...present({
      endedAt: instant(build.endTime),
      computeType: build.environment?.computeType,
      environmentType: build.environment?.type,
      image: build.environment?.image,
      cache: build.cache?.type,
      sourceVersion: build.resolvedSourceVersion ?? build.sourceVersion,
      buildspec: buildspecOf(build.source?.buildspec),
    }),
  }
}

/** A name has no line break; what has one is the buildspec itself. */
const buildspecOf = (text: string | undefined) =>
  text?.includes('\n') ? `inline ${createHash('sha256').update(text).digest('hex').slice(0, 12)}` : text
