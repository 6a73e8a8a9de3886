import type { Account, Rights, Session } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Access } from '../aws/clients.ts'
import { serverTimeOf } from '../aws/sts.ts'
import type { Cancel, Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { failureShape } from '../base/rpc.ts'
import type { StoredAccount } from '../store/accounts.ts'
import type { RenewedCredentials } from './credentials.ts'
import { failedSession, retryDelay } from './session.ts'

/** The accounts that the desk has, each with its session. */
export interface HeldAccounts {
  all(): Account[]
  get: (id: string) => Account | undefined
  /** Takes an account in, or what changed of it. */
  hold(stored: StoredAccount): void
  /** Lends `aws` the way to the account and asks who the credentials are. */
  connect(id: string, access: Access, credentials?: RenewedCredentials): Promise<void>
  /** Asks again who the credentials are, with new ones; by another way where one is given. */
  reconnect(id: string, way?: { access: Access; credentials: RenewedCredentials }): Promise<void>
  /**
   * Asks of every account again who its credentials are, each after `delay()` ms; nothing else is asked meanwhile.
   * For after sleep, when anything may be over.
   */
  revalidate(delay: () => Millis): void
  /** Nothing can be asked of it until it is connected again. */
  disconnect(id: string): void
  drop(id: string): void
  stop(): void
}

interface Held {
  stored: StoredAccount
  session: Session
  access: Access | undefined
  credentials: RenewedCredentials | undefined
  /** Grows with each question, so that a late answer to an old one is dropped. */
  question: number
  /** Answers in a row that were none. */
  failures: number
  retry: Cancel
}

export interface HeldOptions {
  aws: Pick<Aws, 'admit' | 'dismiss' | 'onSessionFailure' | 'sts'>
  clock: Clock
  rightsOf: (id: string) => Rights
  changed: () => void
  /** The account can be asked, after it could not. */
  onValid: (account: Account) => void
  /** What AWS's clock said in an answer that came just now. */
  onServerTime: (at: Millis) => void
}

export function holdAccounts(options: HeldOptions): HeldAccounts {
  const { aws, clock, rightsOf, changed, onValid, onServerTime } = options
  const accounts = new Map<string, Held>()

  const accountOf = ({ stored, session }: Held): Account => ({ ...stored, session, rights: rightsOf(stored.id) })

  /** Asks who the credentials are, and keeps the answer as the account's session. */
  const identify = async (held: Held): Promise<void> => {
    const question = ++held.question
    held.retry()
    const session = await sessionOf(aws, held, clock, onServerTime)
    // Meanwhile dropped, disconnected or asked again.
    if (question !== held.question || accounts.get(held.stored.id) !== held) return
    held.session = session
    held.failures = session.state === 'valid' ? 0 : held.failures + 1
    if (session.state === 'valid') onValid(accountOf(held))
    else askLater(held)
    changed()
  }
  /** New credentials: the SDK's clients keep those that they had, so they are made anew, too. */
  const begin = (held: Held) => {
    held.credentials?.forget()
    if (held.access) aws.admit(held.stored.id, held.access)
  }
  const askLater = (held: Held) => {
    held.retry = clock.after(retryDelay(held.failures), () => {
      begin(held)
      void identify(held)
    })
  }

  aws.onSessionFailure((account, failure) => {
    const held = accounts.get(account)
    if (held?.session.state !== 'valid') return
    held.session = failedSession(failureShape(failure), clock.now(), held.session)
    held.failures = 0
    askLater(held)
    changed()
  })

  return {
    all: () => [...accounts.values()].map(accountOf),
    get(id) {
      const held = accounts.get(id)
      return held && accountOf(held)
    },
    hold(stored) {
      const known = accounts.get(stored.id)
      if (known) known.stored = stored
      else {
        accounts.set(stored.id, {
          stored,
          session: { state: 'connecting' },
          access: undefined,
          credentials: undefined,
          question: 0,
          failures: 0,
          retry: () => {},
        })
      }
    },
    async connect(id, access, credentials) {
      const held = accounts.get(id)
      if (!held) return
      held.access = access
      held.credentials = credentials
      aws.admit(id, access)
      await identify(held)
    },
    async reconnect(id, way) {
      const held = accounts.get(id)
      if (!held) return
      if (way) Object.assign(held, way)
      begin(held)
      held.session = { state: 'connecting' }
      changed()
      await identify(held)
    },
    revalidate(delay) {
      for (const held of accounts.values()) {
        if (held.session.state !== 'valid') continue
        held.question++
        held.retry()
        held.session = { state: 'connecting' }
        held.retry = clock.after(delay(), () => void identify(held))
      }
      changed()
    },
    disconnect(id) {
      const held = accounts.get(id)
      if (!held) return
      held.question++
      held.retry()
      held.session = { state: 'connecting' }
      held.access = undefined
      aws.dismiss(id)
    },
    drop(id) {
      accounts.get(id)?.retry()
      accounts.delete(id)
      aws.dismiss(id)
    },
    stop() {
      for (const held of accounts.values()) {
        held.question++
        held.retry()
      }
    },
  }
}

async function sessionOf(
  aws: Pick<Aws, 'sts'>,
  { stored, session, credentials }: Held,
  clock: Clock,
  onServerTime: (at: Millis) => void,
): Promise<Session> {
  const { id, name, regions } = stored
  try {
    const at = { account: id, region: regions[0] ?? 'us-east-1' }
    const { account, arn, serverTime } = await aws.sts.callerIdentity(at, { priority: 'person' })
    if (serverTime !== undefined) onServerTime(serverTime)
    if (account !== id) {
      throw new Failure({
        code: 'WrongAccount',
        message: `The credentials for ${name} (${id}) are those of account ${account}.`,
        place: { account: id },
        next: 'Check the profile, or remove the account and add it again.',
      })
    }
    const expiresAt = credentials?.expiresAt()
    return { state: 'valid', as: arn, ...(expiresAt && { expiresAt: expiresAt.toISOString() }) }
  } catch (thrown) {
    const serverTime = serverTimeOf(thrown)
    if (serverTime !== undefined) onServerTime(serverTime)
    return failedSession(failureShape(thrown), clock.now(), session)
  }
}
