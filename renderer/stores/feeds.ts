import type { AccountsSnapshot } from '../../preload/contract/accounts.ts'
import type { AlarmsView } from '../../preload/contract/auditReview.ts'
import type { CallMeter } from '../../preload/contract/aws.ts'
import type { Notice } from '../../preload/contract/notices.ts'
import type { OperationRecord } from '../../preload/contract/operations.ts'
import type { FleetUpdate } from '../../preload/contract/pipelines.ts'
import type { Settings } from '../../preload/contract/settings.ts'
import { keepSubscribed } from '../rpc/keepSubscribed.ts'
import { rpc } from '../rpc/rpc.ts'
import { useAccounts } from './accounts.ts'
import { useAlarms } from './alarms.ts'
import { takeUpdate, useFleet } from './fleet.ts'
import { useMeter } from './meter.ts'
import { useNotices } from './notices.ts'
import { outcomeText, takeRecord } from './operations.ts'
import { useSettings } from './settings.ts'
import { announce } from './status.ts'
import { type Stopped, stoppedOf, withStopped } from './stopped.ts'

/** Tells main for as long as the window lives whether it is in sight, so that it asks AWS less while none is. */
function tellAttention(): () => void {
  const attend = () => {
    const { hidden } = document
    return keepSubscribed({
      subscribe: handlers => rpc.pipelines.attend.subscribe({ hidden }, handlers),
      onData: () => {},
    })
  }
  let stop = attend()
  const again = () => {
    const before = stop
    stop = attend()
    before()
  }
  document.addEventListener('visibilitychange', again)
  return () => {
    document.removeEventListener('visibilitychange', again)
    stop()
  }
}

/** Feeds every store from main for as long as the window lives; returns the stop. */
export function startFeeds(): () => void {
  let stopped: Stopped = new Map()
  const stops = [
    keepSubscribed<Settings>({
      subscribe: handlers => rpc.settings.watch.subscribe(undefined, handlers),
      onData: settings => useSettings.setState({ settings, known: true }),
    }),
    keepSubscribed<AccountsSnapshot>({
      subscribe: handlers => rpc.accounts.watch.subscribe(undefined, handlers),
      onData: ({ clockAheadMs, ...snapshot }) => {
        useAccounts.setState({ ...snapshot, clockAheadMs, known: true, failure: undefined })
        const now = stoppedOf(snapshot.accounts, stopped)
        if (now === stopped) return
        useFleet.setState(state => withStopped(state, stopped, now))
        stopped = now
      },
      onFailure: failure => useAccounts.setState({ failure }),
    }),
    keepSubscribed<FleetUpdate>({
      subscribe: handlers => rpc.pipelines.watchFleet.subscribe(undefined, handlers),
      onData: update => useFleet.setState(state => withStopped(takeUpdate(state, update), stopped, stopped)),
      onFailure: failure => useFleet.setState({ failure }),
    }),
    keepSubscribed<AlarmsView>({
      subscribe: handlers => rpc.audit.watchAlarms.subscribe(undefined, handlers),
      onData: view => useAlarms.setState({ ...view, known: true, failure: undefined }),
      onFailure: failure => useAlarms.setState({ failure }),
    }),
    keepSubscribed<Notice[]>({
      subscribe: handlers => rpc.notices.watch.subscribe(undefined, handlers),
      onData: notices => useNotices.setState({ notices }),
    }),
    keepSubscribed<CallMeter>({
      subscribe: handlers => rpc.aws.watchMeter.subscribe(undefined, handlers),
      onData: meter => useMeter.setState({ meter }),
    }),
    keepSubscribed<{ data: OperationRecord }>({
      subscribe: handlers => rpc.operations.watch.subscribe(undefined, handlers),
      onData: ({ data: record }) => {
        takeRecord(record)
        announce(outcomeText(record))
      },
    }),
    tellAttention(),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
