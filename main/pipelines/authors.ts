import type { Definition, ExecutionSummary, PipelineKey, Revision } from '../../preload/contract/pipelines.ts'
import type { At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import { newest } from '../base/newest.ts'

/** Who wrote the commits of CodeCommit sources: executions name the revision only. */
export interface Authors {
  /** The executions with what is known of their authors; the same array where that adds nothing. */
  named(executions: ExecutionSummary[]): ExecutionSummary[]
  /** Asks for the authors of these that are not known yet; true where one was found. */
  find(key: PipelineKey, definition: Definition, executions: readonly ExecutionSummary[]): Promise<boolean>
  /** Takes over what was found at an earlier start. */
  remember(executions: readonly ExecutionSummary[]): void
}

type Author = Required<Pick<Revision, 'author'>> & Pick<Revision, 'authorEmail'>

const authorOf = (author: string, authorEmail: string | undefined): Author => ({
  author,
  ...(authorEmail !== undefined && { authorEmail }),
})

/** More than a thousand pipelines list at once: 30 executions of each, with some sources. */
const mostCommits = 100_000

export function createAuthors(aws: Aws): Authors {
  const known = newest<Author>(mostCommits)
  const asked = newest<true>(mostCommits)
  const named = (revision: Revision): Revision => {
    const found = known.get(revision.id)
    return revision.author !== undefined || found === undefined ? revision : { ...revision, ...found }
  }
  return {
    named(executions) {
      const adds = executions.some(({ revisions }) => revisions.some(revision => named(revision) !== revision))
      return adds
        ? executions.map(execution => ({ ...execution, revisions: execution.revisions.map(named) }))
        : executions
    },
    remember(executions) {
      for (const { id, author, authorEmail } of executions.flatMap(({ revisions }) => revisions)) {
        if (author !== undefined) known.put(id, authorOf(author, authorEmail))
      }
    },
    async find(key, definition, executions) {
      const wanted = executions
        .flatMap(({ revisions }) => revisions)
        .filter(({ id }) => id !== '' && !known.has(id) && !asked.has(`${key.account} ${id}`))
      const found = await Promise.all(
        wanted.map(async ({ actionName, id }) => {
          const source = sourceOf(definition, actionName)
          if (!source) return false
          asked.put(`${key.account} ${id}`, true)
          try {
            const at: At = { account: source.account ?? key.account, region: source.region ?? key.region }
            const { author, authorEmail } = await aws.codeCommit.commit(at, source.repository, id, { priority: 'idle' })
            if (author !== undefined) known.put(id, authorOf(author, authorEmail))
            return author !== undefined
          } catch {
            // An author is a courtesy: who may not read the repository sees the commit without one.
            return false
          }
        }),
      )
      return found.includes(true)
    },
  }
}

function sourceOf(definition: Definition, action: string) {
  const source = definition.stages.flatMap(({ actions }) => actions).find(({ name }) => name === action)
  const repository = source?.provider === 'CodeCommit' ? source.configuration.RepositoryName : undefined
  return repository === undefined
    ? undefined
    : { repository, region: source?.region, account: source?.crossAccount?.id }
}
