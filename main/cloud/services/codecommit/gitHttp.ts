import { buffer } from 'node:stream/consumers'
import { AwsError } from '../../server/awsError.ts'
import type { HttpRequest, HttpResponse, Mount } from '../../server/http.ts'
import type { Authorize, Caller } from '../../server/operation.ts'
import { type Announce, repositoryArn } from './announcing.ts'
import type { Bare } from './bare.ts'
import type { Git } from './git.ts'
import type { AuthenticateGit } from './gitAuth.ts'
import { runHttpBackend } from './httpBackend.ts'
import { repositoryName } from './names.ts'
import type { GitUse, RecordGit } from './recordGit.ts'
import type { Repository, RepositoryStore } from './store.ts'
import type { InTurn } from './turns.ts'

interface Parts {
  git: Git
  bare: Bare
  store: RepositoryStore
  authenticate: AuthenticateGit
  authorize: Authorize
  announce: Announce
  inTurn: InTurn
  recordGit: RecordGit
}

/** Where a repository is cloned from. The region stands in the path: on loopback there is one host for all. */
export const clonePath = ({ region, name }: Pick<Repository, 'region' | 'name'>) => `/git/${region}/v1/repos/${name}`

const route = /^(\/git\/([a-z0-9-]+)\/v1\/repos\/([^/]+))(\/.*)?$/

/** Git's smart HTTP, and nothing else of what http-backend can. */
const services: Readonly<Record<string, 'git-upload-pack' | 'git-receive-pack'>> = {
  'GET /info/refs?service=git-upload-pack': 'git-upload-pack',
  'GET /info/refs?service=git-receive-pack': 'git-receive-pack',
  'POST /git-upload-pack': 'git-upload-pack',
  'POST /git-receive-pack': 'git-receive-pack',
}

/** `git clone` and `git push` at `http://127.0.0.1:<port>/git/<region>/v1/repos/<name>`. */
export function createGitHttp({
  git,
  bare,
  store,
  authenticate,
  authorize,
  announce,
  inTurn,
  recordGit,
}: Parts): Mount {
  const answer = async (request: HttpRequest, path: string, region: string, rawName: string, rest: string) => {
    const caller = authenticate(request, region, path)
    if (!caller) {
      const challenge = { 'www-authenticate': 'Basic realm="AWS CodeCommit", charset="UTF-8"' }
      return plain(401, 'CodeCommit needs git credentials, or an access key with a signature.', challenge)
    }
    const query = request.method === 'GET' ? `?${request.query}` : ''
    const service = services[`${request.method} ${rest}${query}`]
    if (!service) return plain(404, 'Only the smart HTTP protocol of git is served here.')
    const name = nameIn(rawName)
    const repository = name === undefined ? undefined : store.find(caller.account, region, name)
    if (!repository) {
      return name !== undefined && store.isTaken(region, name)
        ? plain(403, `${caller.arn} may not use a repository of another account.`)
        : plain(404, `repository ${rawName} not found`)
    }
    const action = service === 'git-upload-pack' ? 'codecommit:GitPull' : 'codecommit:GitPush'
    const use: GitUse = { request, repository, caller, push: service === 'git-receive-pack' }
    try {
      authorize(caller, action, repositoryArn(repository))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      await recordGit(use, { kind: 'failed', error })
      return plain(403, error.message)
    }
    if (request.method === 'GET' || !use.push) await recordGit(use, { kind: 'succeeded', output: {} })
    if (!use.push) return serve(request, repository, caller, rest)
    if (request.method === 'POST') return inTurn(repository.id, () => receive(request, repository, caller, rest))
    // A git that outlived a killed cloud may have moved references since: who sees them there pushes nothing.
    await inTurn(repository.id, () => announce(repository, undefined))
    return serve(request, repository, caller, rest)
  }

  const call = (request: HttpRequest, repository: Repository, caller: Caller, rest: string) =>
    runHttpBackend(git, {
      request,
      projectRoot: bare.root,
      pathInfo: `/${repository.account}/${repository.region}/${repository.name}.git${rest}`,
      remoteUser: caller.arn,
    })

  const serve = async (...args: Parameters<typeof call>): Promise<HttpResponse> => {
    const { response, ended } = await call(...args)
    ended.catch(() => {})
    return response
  }

  /** A push is announced before it is answered: whoever sees it succeed sees its pipelines start. */
  const receive = async (...args: Parameters<typeof call>): Promise<HttpResponse> => {
    const [request, repository, caller] = args
    try {
      const { response, ended } = await call(...args)
      const body = await buffer(response.body)
      await ended
      return { ...response, body }
    } finally {
      const changes = await announce(repository, caller.arn)
      await recordGit({ request, repository, caller, push: true }, { kind: 'succeeded', output: {} }, changes)
    }
  }

  return request => {
    const [, path, region, name, rest] = route.exec(request.path) ?? []
    if (path === undefined || region === undefined || name === undefined) return undefined
    return answer(request, path, region, name, rest ?? '')
  }
}

function nameIn(text: string): string | undefined {
  try {
    return repositoryName(text.replace(/\.git$/, ''))
  } catch {
    return undefined
  }
}

const plain = (status: number, message: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
  body: `${message}\n`,
})
