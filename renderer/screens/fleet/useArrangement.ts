import { useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useFleet } from '../../stores/fleet.ts'
import { useFleetView } from '../../stores/fleetView.ts'
import { useNow } from '../../stores/now.ts'
import { matcher } from './filter/match.ts'
import type { Filter } from './filter/parse.ts'
import { type Arrangement, arrange, type Held, hold } from './order/arrange.ts'

/** After so long without a move or a key nobody is reading any more. ms */
const idleAfter = 30_000

/**
 * What stands where. While `reading`, what main tells changes rows where they stand but moves none: what would move
 * is counted in `pending` and waits for `apply`, or until the reader is gone. What the reader asks for (filter, sort,
 * grouping) is shown at once.
 */
export function useArrangement(filter: Filter, reading: boolean): Held & { apply: () => void } {
  const rows = useRows(reading)
  const loading = useFleet(state => state.loading)
  const sort = useFleetView(state => state.sort)
  const grouping = useFleetView(state => state.grouping)
  const [applied, setApplied] = useState(0)

  const wanted = useMemo(() => arrange(rows.values(), matcher(filter), sort, grouping), [rows, filter, sort, grouping])
  const asked = useMemo(() => ({ filter, sort, grouping, applied }), [filter, sort, grouping, applied])

  // What was shown when the reading began, or when something was asked for during it.
  const [frozen, setFrozen] = useState<{ asked: typeof asked; arrangement: Arrangement }>()
  const holds = reading && !loading
  if (holds && frozen?.asked !== asked) setFrozen({ asked, arrangement: wanted })
  if (!holds && frozen) setFrozen(undefined)

  const apply = () => setApplied(count => count + 1)
  const shown = holds && frozen?.asked === asked ? frozen.arrangement : undefined
  const held = useMemo(
    () => (shown ? hold(shown, wanted, id => rows.has(id)) : { arrangement: wanted, pending: 0 }),
    [shown, wanted, rows],
  )
  return { ...held, apply }
}

/**
 * The rows as far as their places go: a row shows at once what changed in it, where it stands is worked out when there
 * is time, between two frames. While somebody reads, nothing moves and only `pending` would change: once a second does.
 */
const useRows = (reading: boolean) =>
  useDeferredValue(
    useSyncExternalStore(reading ? useNow.subscribe : useFleet.subscribe, () => useFleet.getState().rows),
  )

/** Whether somebody reads the list: the pointer or the focus is in it, and not idle. Spread `on` onto it. */
export function useReading() {
  const [reading, setReading] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const handlers = useMemo(() => {
    const stop = () => {
      clearTimeout(timer.current)
      setReading(false)
    }
    const go = () => {
      clearTimeout(timer.current)
      timer.current = setTimeout(stop, idleAfter)
      setReading(true)
    }
    return { onPointerMove: go, onPointerLeave: stop, onKeyDown: go, onFocus: go, onBlur: stop, onWheel: go }
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])
  return { reading, on: handlers }
}
