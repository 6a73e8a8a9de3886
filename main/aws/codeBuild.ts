import {
  BatchGetBuildsCommand,
  BatchGetProjectsCommand,
  BatchGetReportsCommand,
  DescribeTestCasesCommand,
} from '@aws-sdk/client-codebuild'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** What the desk needs of a build. */
export interface Build {
  id: string
  /** Where its log is, once it has one. */
  log?: { group: string; stream: string }
  ended: boolean
  reportArns: string[]
}

export interface TestCase {
  name: string
  message?: string
}

/** How a project's builds run. */
export interface Project {
  /** ARN of the role that they run with. */
  serviceRole?: string | undefined
  /** As CodeBuild names them, e.g. `BUILD_GENERAL1_SMALL` on `LINUX_CONTAINER`. */
  computeType?: string | undefined
  environmentType?: string | undefined
}

/** What CodeBuild is asked. */
export interface CodeBuild {
  build(at: At, id: string, ask: Ask): Promise<Build | undefined>
  /** Counts over all test reports; undefined where none is a test report. */
  reportCounts(at: At, arns: readonly string[], ask: Ask): Promise<{ total: number; failed: number } | undefined>
  /** The failed cases of a report (first page). */
  failedCases(at: At, arn: string, ask: Ask): Promise<TestCase[]>
  /** Each project as it is now, by its name, of those that there are. */
  projects(at: At, names: readonly string[], ask: Ask): Promise<Map<string, Project>>
}

/** AWS's limit of BatchGetProjects. */
const mostProjects = 100

export function codeBuild(door: Door): CodeBuild {
  return {
    async build(at, id, ask) {
      const output = await door(
        at,
        {
          service: 'codebuild',
          name: 'BatchGetBuilds',
          same: id,
          send: client => client.send(new BatchGetBuildsCommand({ ids: [id] })),
        },
        ask,
      )
      const build = output.builds?.[0]
      if (!build) return undefined
      const { groupName: group, streamName: stream } = build.logs ?? {}
      return {
        id,
        ended: build.buildStatus !== undefined && build.buildStatus !== 'IN_PROGRESS',
        reportArns: build.reportArns ?? [],
        ...(group !== undefined && stream !== undefined && { log: { group, stream } }),
      }
    },
    async reportCounts(at, arns, ask) {
      if (arns.length === 0) return undefined
      const output = await door(
        at,
        {
          service: 'codebuild',
          name: 'BatchGetReports',
          same: JSON.stringify(arns),
          send: client => client.send(new BatchGetReportsCommand({ reportArns: arns.slice(0, 100) })),
        },
        ask,
      )
      const summaries = (output.reports ?? []).flatMap(({ testSummary }) => testSummary ?? [])
      if (summaries.length === 0) return undefined
      const sum = (of: (counts: Record<string, number>) => number) =>
        summaries.reduce((total, { statusCounts }) => total + of(statusCounts ?? {}), 0)
      return {
        total: summaries.reduce((total, summary) => total + (summary.total ?? 0), 0),
        failed: sum(({ FAILED = 0, ERROR = 0 }) => FAILED + ERROR),
      }
    },
    async failedCases(at, arn, ask) {
      const output = await door(
        at,
        {
          service: 'codebuild',
          name: 'DescribeTestCases',
          same: arn,
          send: client => client.send(new DescribeTestCasesCommand({ reportArn: arn, maxResults: 100 })),
        },
        ask,
      )
      return (output.testCases ?? [])
        .filter(({ status }) => status === 'FAILED' || status === 'ERROR')
        .map(({ name, prefix, message }) => ({
          name: prefix ? `${prefix} › ${name ?? ''}` : (name ?? ''),
          ...(message !== undefined && message !== '' && { message }),
        }))
    },
    async projects(at, wanted, ask) {
      const found = new Map<string, Project>()
      for (let from = 0; from < wanted.length; from += mostProjects) {
        const names = wanted.slice(from, from + mostProjects)
        const output = await door(
          at,
          {
            service: 'codebuild',
            name: 'BatchGetProjects',
            same: JSON.stringify(names),
            send: client => client.send(new BatchGetProjectsCommand({ names })),
          },
          ask,
        )
        for (const { name, serviceRole, environment } of output.projects ?? [])
          if (name !== undefined)
            found.set(name, { serviceRole, computeType: environment?.computeType, environmentType: environment?.type })
      }
      return found
    },
  }
}
