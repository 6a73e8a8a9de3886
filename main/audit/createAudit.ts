import type { LedgerEntry } from '../../preload/contract/audit.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { Clock } from '../base/clock.ts'
import { Failure, messageOf } from '../base/failure.ts'
import type { Operations } from '../operations/operations.ts'
import type { Pipelines } from '../pipelines/pipelines.ts'
import type { Store } from '../store/store.ts'
import type { Audit } from './audit.ts'
import { entryDetail } from './entryDetail.ts'
import { exported } from './exporting/export.ts'
import { followFleet, followJournal } from './follow.ts'
import { importS3 } from './importing/importS3.ts'
import { importTrailFile } from './importing/trailFile.ts'
import { globalRegion } from './ledger/eventNames.ts'
import { createLedger, type Ledger } from './ledger/ledger.ts'
import { verify } from './ledger/verify.ts'
import { createReader } from './reading/reader.ts'
import { enforcementOf } from './separation/enforcement.ts'
import { gatherApprovals } from './separation/gatherApprovals.ts'
import { gatherFindings } from './separation/gatherFindings.ts'
import { createAlarmBook } from './timeMachine/alarmBook.ts'
import { createAssumers } from './timeMachine/assumers.ts'
import { projectAlarms } from './timeMachine/projectAlarm.ts'
import { createProjectRoles } from './timeMachine/projectRoles.ts'
import { roleAlarms } from './timeMachine/roleAlarm.ts'
import { createRolePolicies } from './timeMachine/rolePolicies.ts'
import { createTimeMachine } from './timeMachine/timeMachine.ts'
import type { Use } from './timeMachine/uses.ts'
import { type Compared, createVersions } from './timeMachine/versions.ts'

export interface AuditOptions {
  aws: Aws
  accounts: Accounts
  pipelines: Pipelines
  operations: Operations
  store: Store
  clock: Clock
  /** Prints a page that needs nothing but itself, where the shell can. */
  printPdf: ((html: string) => Promise<Uint8Array>) | undefined
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
}

/** How many matches are counted: beyond, nobody reads the number. */
const mostCounted = 10_000

export function createAudit(options: AuditOptions): Audit {
  const { aws, accounts, pipelines, operations, store, clock, printPdf, log } = options
  const kept = store.ledger
  const ledger: Ledger = createLedger(kept, clock, {
    concerns: (account, subject) => versions.uses.of(account, subject),
    who(entry, claims) {
      const [alarm] = claims.flatMap(({ ownId }) => (ownId?.startsWith('alarm/') ? [ownId.slice('alarm/'.length)] : []))
      if (alarm !== undefined) return kept.reviews.alarm(alarm)?.who
      return assumers.who(entry, claims.find(({ accessKey }) => accessKey !== undefined)?.accessKey)
    },
    more: entry => changesIn(entry),
  })
  const alarms = createAlarmBook(kept, ledger, clock)
  const assumers = createAssumers(aws.cloudTrail, kept, () => ledger, clock)
  const onUse = ({ account, subject }: Use) => ledger.reshowAbout(account, subject)
  const versions = createVersions({ store: kept, onCompared: compared => tell(compared), onUse })
  const projectRoles = createProjectRoles({ codeBuild: aws.codeBuild, store: kept, ledger, uses: versions.uses, onUse })
  const rolePolicies = createRolePolicies({ iam: aws.iam, store: kept, ledger, uses: versions.uses, onUse })
  const reader = createReader({ trail: aws.cloudTrail, accounts, ledger, store: kept, clock, onTurn: afterTurn })
  const machine = createTimeMachine({
    aws,
    store: kept,
    executions: store.executions,
    versions,
    listed: key => pipelines.known(key)?.listed.version,
  })
  /** Approvals whose action execution was asked for. */
  const asked = new Set<number>()
  let end = new AbortController()

  ledger.onRecorded(recorded => {
    versions.learn(recorded)
    projectRoles.learn(recorded)
    rolePolicies.learn(recorded)
    assumers.learn(recorded)
  })

  function changesIn({ kind, name, account, region, pipeline, version }: LedgerEntry): string | undefined {
    if (kind !== 'definition' || name !== 'UpdatePipeline' || pipeline === undefined || version === undefined)
      return undefined
    const told = kept.versions.get({ account, region, name: pipeline }, version)?.told ?? []
    return told.length === 0 ? undefined : told.map(({ words }) => words).join('; ')
  }

  /** Says in the ledger what a version changed, and raises its alarms once it is known when it was made. */
  function tell({ key, version, alarms: raised }: Compared) {
    const cause = version.entry === undefined ? undefined : ledger.reshow(version.entry)
    if (!cause && version.at !== undefined) reader.hurry(key, ['CreatePipeline', 'UpdatePipeline'])
    const at = cause?.at ?? version.at ?? (reader.isComplete(key) ? laterThan(key, version.version) : undefined)
    if (at === undefined) return
    for (const { kind, stage, action, words } of raised) {
      alarms.raise({
        id: [key.account, key.region, key.name, version.version, kind, stage, action].join('/'),
        kind,
        at,
        account: key.account,
        region: key.region,
        pipelines: [key.name],
        stage,
        action,
        versions: { from: version.version - 1, to: version.version },
        words: `${words} (${key.name})`,
        cause,
      })
    }
  }
  /** A version that no event tells of was made before the next one, at the latest now. */
  const laterThan = (key: Compared['key'], version: number) =>
    kept.versions.get(key, version + 1)?.at ?? new Date(clock.now()).toISOString()

  /** When the first of these pipelines was made; undefined where one is older than what is known. */
  function usedSince(names: readonly string[]): string | undefined {
    const [first, ...others] = kept.versions
      .keys()
      .filter(({ name }) => names.includes(name))
      .map(key => kept.versions.get(key, 1)?.at)
    return others.reduce((a, b) => (a === undefined || b === undefined ? undefined : a < b ? a : b), first)
  }

  /** What waited for the trail to be read: versions without an author, sessions without a person. */
  async function afterTurn(at: At, signal: AbortSignal) {
    for (const key of kept.versions.keys()) {
      if (key.account !== at.account || key.region !== at.region) continue
      for (const { version, entry, told } of kept.versions.of(key))
        if (entry === undefined && told?.some(({ alarm }) => alarm !== undefined)) versions.compare(key, version)
    }
    await projectRoles.lookUp(at, signal)
    for (const alarm of projectAlarms(at, kept, ledger)) alarms.raise(alarm)
    if (at.region === globalRegion(at.region)) {
      await rolePolicies.lookUp(at.account, signal)
      for (const alarm of roleAlarms(at.account, kept, ledger, usedSince)) alarms.raise(alarm)
    }
    await assumers.lookUp(at, signal)
    alarms.refresh()
    await gatherApprovals({ aws, store }, at, asked, signal)
  }

  const whoSigns = (account: string): string => {
    const session = accounts.get(account)?.session
    if (session?.state === 'valid') return session.as
    throw new Failure({
      code: 'NotConnected',
      message: `The desk is nobody in account ${account} just now, so nobody could sign.`,
      place: { account },
      next: 'Choose Try again at the account.',
    })
  }
  const follow = (what: string, following: Promise<void>) => {
    following.catch((thrown: unknown) =>
      log('error', `The ledger no longer follows ${what}`, { why: messageOf(thrown) }),
    )
  }

  return {
    search(filter, before, limit) {
      const began = performance.now()
      const found = kept.entries.search(filter, before, limit + 1)
      const entries = found.slice(0, limit)
      const next = found.length > limit ? entries.at(-1)?.id : undefined
      return { entries, took: performance.now() - began, ...(next !== undefined && { next }) }
    },
    count(filter) {
      const count = kept.entries.count(filter, mostCounted + 1)
      return { count: Math.min(count, mostCounted), more: count > mostCounted }
    },
    daily: (filter, from, to) => kept.entries.daily(filter, from, to),
    entry: id => entryDetail(kept, ledger, id),
    facets: () => kept.entries.facets(),
    watchCoverage: signal => reader.watch(signal),
    refresh: account => ({ asked: reader.refresh(account) }),
    verify: (account, anchor, signal) => verify(kept, clock, account, anchor, signal),
    importFile: (name, bytes) => importTrailFile(ledger, name, bytes),
    importS3: (place, signal) => importS3(aws.trailFiles, ledger, place, signal),
    export: (filter, format, signal) => exported({ store: kept, clock, printPdf }, filter, format, signal),
    savedQueries: () => kept.reviews.queries(),
    saveQuery(query) {
      kept.reviews.saveQuery(query)
      return kept.reviews.queries()
    },
    removeQuery(name) {
      kept.reviews.removeQuery(name)
      return kept.reviews.queries()
    },
    ...machine,
    watchAlarms: signal => alarms.watch(signal),
    signOff: (id, note) => alarms.signOff(id, note, whoSigns(kept.reviews.alarm(id)?.account ?? '')),
    findings: filter => gatherFindings(store, versions, filter),
    enforcement: enforcementOf,
    offer: event => ledger.offer(event),
    start() {
      end = new AbortController()
      const following = { aws, pipelines, operations, ledger, versions, store: kept, log }
      follow('the journal', followJournal(following, end.signal))
      follow('the fleet', followFleet(following, end.signal))
      reader.start()
    },
    stop() {
      end.abort()
      reader.stop()
    },
  }
}
