import type { GitConfiguration, GitPullRequestFilter, GitPushFilter } from '@aws-sdk/client-codepipeline'
import { javaGlob } from './javaGlob.ts'

/** What happened in a repository that a connection leads to. */
export type GitHappening =
  | { kind: 'branch'; branch: string; files: Files }
  | { kind: 'tag'; tag: string }
  /** `branch` is the one that it is to be merged into. */
  | { kind: 'pullRequest'; event: 'OPEN' | 'UPDATED' | 'CLOSED'; branch: string; files: Files }

/** The paths that changed; `new` for a branch that was not there before, which is held against no paths. */
export type Files = readonly string[] | 'new'

/** AWS looks at no more of a change's files. */
const mostFiles = 100

interface Criteria {
  includes?: string[] | undefined
  excludes?: string[] | undefined
}

/** Whether a trigger starts its pipeline: one filter that passes is enough (fact sheet, 3.7). Pure. */
export function triggers({ push, pullRequest }: GitConfiguration, happening: GitHappening): boolean {
  if (happening.kind === 'pullRequest') return (pullRequest ?? []).some(filter => passesPull(filter, happening))
  return (push ?? []).some(filter => passesPush(filter, happening))
}

function passesPush(
  { tags, branches, filePaths }: GitPushFilter,
  happening: Exclude<GitHappening, { kind: 'pullRequest' }>,
) {
  if (happening.kind === 'tag') return tags !== undefined && passes(tags, happening.tag)
  return tags === undefined && passesBoth({ branches, filePaths }, happening)
}

function passesPull(
  { events, branches, filePaths }: GitPullRequestFilter,
  happening: Extract<GitHappening, { kind: 'pullRequest' }>,
) {
  const wanted = events === undefined || events.length === 0 || events.includes(happening.event)
  return wanted && passesBoth({ branches, filePaths }, happening)
}

function passesBoth(
  { branches, filePaths }: { branches: Criteria | undefined; filePaths: Criteria | undefined },
  { branch, files }: { branch: string; files: Files },
): boolean {
  if (branches && !passes(branches, branch)) return false
  if (!filePaths) return true
  // Each file is judged alone, and one that passes is enough.
  return files !== 'new' && files.slice(0, mostFiles).some(file => passes(filePaths, file))
}

/** Excludes beat includes; without includes everything is included. */
function passes({ includes = [], excludes = [] }: Criteria, value: string): boolean {
  const matches = (pattern: string) => javaGlob(pattern)?.test(value) ?? false
  return (includes.length === 0 || includes.some(matches)) && !excludes.some(matches)
}
