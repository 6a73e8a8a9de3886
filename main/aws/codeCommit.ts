import { GetCommitCommand, GetRepositoryCommand, ListRepositoriesCommand } from '@aws-sdk/client-codecommit'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'
import { gitInstant, present } from './fromSdk/parts.ts'

/** What CodeCommit says of a commit. */
export interface Commit {
  author?: string
  authorEmail?: string
  message?: string
  at?: string
}

/** What CodeCommit is asked. */
export interface CodeCommit {
  /** Names, all pages. */
  repositories(at: At, ask: Ask): Promise<string[]>
  /** The address that git clones from. */
  cloneUrl(at: At, repository: string, ask: Ask): Promise<string | undefined>
  /** `at`: when it was committed (else authored); ISO 8601. */
  commit(at: At, repository: string, id: string, ask: Ask): Promise<Commit>
}

export function codeCommit(door: Door): CodeCommit {
  return {
    async repositories(at, ask) {
      const names: string[] = []
      let nextToken: string | undefined
      do {
        const token = nextToken
        const output = await door(
          at,
          {
            service: 'codecommit',
            name: 'ListRepositories',
            same: token ?? '',
            send: client =>
              client.send(new ListRepositoriesCommand({ ...(token !== undefined && { nextToken: token }) })),
          },
          ask,
        )
        names.push(...(output.repositories ?? []).flatMap(({ repositoryName }) => repositoryName ?? []))
        nextToken = output.nextToken
      } while (nextToken !== undefined)
      return names
    },
    async cloneUrl(at, repository, ask) {
      const output = await door(
        at,
        {
          service: 'codecommit',
          name: 'GetRepository',
          same: repository,
          send: client => client.send(new GetRepositoryCommand({ repositoryName: repository })),
        },
        ask,
      )
      return output.repositoryMetadata?.cloneUrlHttp
    },
    async commit(at, repository, id, ask) {
      const { commit } = await door(
        at,
        {
          service: 'codecommit',
          name: 'GetCommit',
          same: JSON.stringify([repository, id]),
          send: client => client.send(new GetCommitCommand({ repositoryName: repository, commitId: id })),
        },
        ask,
      )
      return {
        ...(commit?.author?.name && { author: commit.author.name }),
        ...(commit?.author?.email && { authorEmail: commit.author.email }),
        ...(commit?.message && { message: commit.message.trim() }),
        ...present({ at: gitInstant(commit?.committer?.date ?? commit?.author?.date) }),
      }
    },
  }
}
