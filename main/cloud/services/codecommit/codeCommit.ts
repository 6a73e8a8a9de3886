import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../../../base/clock.ts'
import type { EventBus } from '../../events.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { Mount } from '../../server/http.ts'
import type { Authorize, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { Identities } from '../iam/identities.ts'
import { type Announce, createAnnouncing } from './announcing.ts'
import { type Bare, createBare } from './bare.ts'
import { createGitCredentials, type GitCredentials } from './credentials.ts'
import { createGit } from './git.ts'
import { createGitAuth, type UserNamed } from './gitAuth.ts'
import { clonePath, createGitHttp } from './gitHttp.ts'
import { operations } from './index.ts'
import { createInProcess } from './inProcess.ts'
import { createReading, type Reading } from './reading.ts'
import { createRecordGit } from './recordGit.ts'
import type { Repositories } from './repositories.ts'
import { createRepositoryStore, type Repository, type RepositoryStore } from './store.ts'
import { migrations } from './tables.ts'
import { createTurns, type InTurn } from './turns.ts'
import { createWriting, type WriteCommit } from './writing.ts'

/** What CodeCommit lends to its operations. */
export interface CodeCommit {
  clock: Clock
  store: RepositoryStore
  bare: Bare
  reading: Reading
  writeCommit: WriteCommit
  announce: Announce
  /** Changes to one repository happen one after the other, each with its announcement. */
  inTurn: InTurn
  cloneUrl: (repository: Repository) => string
}

export interface CodeCommitOptions {
  database: CloudDatabase
  clock: Clock
  bus: EventBus
  authorize: Authorize
  identities: Pick<Identities, 'credential'>
  userNamed: UserNamed
  /** Where what git clients do is put on record. */
  record: RecordCall
  /** The cloud's directory; repositories lie in `git` below it. */
  data: string
  /** `http://127.0.0.1:<port>`, asked when a clone URL is needed. */
  endpoint: () => string
}

export interface CodeCommitParts {
  service: Service<CodeCommit>
  repositories: Repositories
  /** Answers `/git/<region>/v1/repos/<name>/…`. */
  git: Mount
  gitCredentials: GitCredentials
  /** Tells of pushes that a crash cut off from their events. Call once everyone listens to the bus. */
  catchUp: () => Promise<void>
}

export async function createCodeCommit(options: CodeCommitOptions): Promise<CodeCommitParts> {
  const { database, clock, bus, authorize, identities, userNamed, data, endpoint } = options
  database.migrate('codecommit', migrations)
  const root = join(data, 'git')
  const scratch = join(root, '.scratch')
  await mkdir(scratch, { recursive: true })
  const git = await createGit(join(root, '.home'))
  const store = createRepositoryStore(database)
  const bare = createBare(root, git)
  await bare.sweep()
  const reading = createReading(bare, git)
  const announce = createAnnouncing({ store, bare, bus, clock, database })
  const inTurn = createTurns()
  const gitCredentials = createGitCredentials(database, clock)
  const authenticate = createGitAuth({ credentials: gitCredentials, identities, userNamed, clock })
  const codeCommit: CodeCommit = {
    clock,
    store,
    bare,
    reading,
    writeCommit: createWriting(bare, git, scratch),
    announce,
    inTurn,
    cloneUrl: repository => endpoint() + clonePath(repository),
  }
  return {
    service: { name: 'codecommit', lends: codeCommit, operations },
    repositories: createInProcess({ store, bare, reading, git, authorize, cloneUrl: codeCommit.cloneUrl }),
    git: createGitHttp({
      git,
      bare,
      store,
      authenticate,
      authorize,
      announce,
      inTurn,
      recordGit: createRecordGit(options),
    }),
    gitCredentials,
    async catchUp() {
      for (const repository of store.all()) await inTurn(repository.id, () => announce(repository, undefined))
    },
  }
}
