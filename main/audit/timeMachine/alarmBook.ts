import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { Alarm, AlarmsView } from '../../../preload/contract/auditReview.ts'
import type { AlarmKind } from '../../../preload/contract/definitionChange.ts'
import { createBell } from '../../base/bell.ts'
import type { Clock } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { whoOfArn } from '../ledger/who.ts'

/** What raises an alarm. The same `id` is the same alarm, however often it is found. */
export interface Raise {
  id: string
  kind: AlarmKind
  at: string
  account: string
  region: string
  pipelines: string[]
  stage?: string | undefined
  action?: string | undefined
  versions?: { from: number; to: number }
  words: string
  cause: LedgerEntry | undefined
}

/** Alarms, each an entry of the ledger, and their sign-offs, which are entries as well. */
export interface AlarmBook {
  /** Raises an alarm once; of one that is known, says who caused it where that was not known. */
  raise(alarm: Raise): void
  /** Says who caused each alarm, as its cause says it now: who is behind a session may be learned later. */
  refresh(): void
  /** @throws Failure `AlarmUnknown`, `AlreadySignedOff`. */
  signOff(id: string, note: string, by: string): Alarm
  view(): AlarmsView
  watch(signal: AbortSignal | undefined): AsyncGenerator<AlarmsView, void, void>
}

const nobody: Who = { kind: 'unknown', name: 'unknown', how: 'no event tells who it was' }
const shown = 500

export function createAlarmBook(store: LedgerStore, ledger: Ledger, clock: Clock): AlarmBook {
  const bell = createBell()
  const view = (): AlarmsView => ({ open: store.reviews.open(), alarms: store.reviews.alarms(shown) })

  return {
    view,
    raise({ cause, ...alarm }) {
      const known = store.reviews.alarm(alarm.id)
      const who = cause?.who ?? nobody
      if (known && (cause === undefined || (known.cause === cause.id && known.who.name === who.name))) return
      const { id, kind, at, account, region, pipelines, stage, action, versions, words } = alarm
      const place = { ...(stage !== undefined && { stage }), ...(action !== undefined && { action }) }
      const kept = { id, at, kind, account, region, pipelines, ...place, words, who, ...(versions && { versions }) }
      store.transaction(() => {
        // First as the context of its own entry, which says who it was.
        store.reviews.put({
          ...(known ?? { ...kept, entry: 0 }),
          who,
          ...(cause && { cause: cause.id }),
        })
        if (known) {
          ledger.reshow(known.entry)
          return
        }
        const by = cause?.who.arn
        const [recorded] = ledger.record(account, [
          {
            source: 'desk',
            note: {
              what: 'alarm',
              id,
              kind,
              at,
              region,
              words,
              pipelines,
              ...place,
              ...(versions && { versions }),
              ...(by !== undefined && { by }),
            },
          },
        ])
        store.reviews.put({ ...kept, entry: recorded?.entry?.id ?? 0, ...(cause && { cause: cause.id }) })
      })
      bell.ring()
    },
    refresh() {
      for (const alarm of store.reviews.alarms(shown)) {
        const who = alarm.cause === undefined ? undefined : store.entries.get(alarm.cause)?.who
        if (!who || (who.name === alarm.who.name && who.how === alarm.who.how)) continue
        store.reviews.put({ ...alarm, who })
        ledger.reshow(alarm.entry)
        bell.ring()
      }
    },
    signOff(id, note, by) {
      const alarm = store.reviews.alarm(id)
      if (!alarm)
        throw new Failure({
          code: 'AlarmUnknown',
          message: 'There is no such alarm.',
          next: 'Reload the list of alarms.',
        })
      if (alarm.signedOff)
        throw new Failure({
          code: 'AlreadySignedOff',
          message: `${alarm.signedOff.by} signed this alarm off at ${alarm.signedOff.at}.`,
          next: 'Look at the note that was left.',
        })
      const at = new Date(clock.now()).toISOString()
      const signed = store.durably(() => {
        const { account, region, pipelines, words } = alarm
        const [recorded] = ledger.record(account, [
          { source: 'desk', note: { what: 'signOff', at, region, alarm: id, words, pipelines, by, note } },
        ])
        const done: Alarm = {
          ...alarm,
          signedOff: { at, by: whoOfArn(by).name, note, entry: recorded?.entry?.id ?? 0 },
        }
        store.reviews.put(done)
        return done
      })
      bell.ring()
      return signed
    },
    async *watch(signal) {
      for await (const _ of bell.rings(signal)) yield view()
    },
  }
}
