import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { Coverage } from '../../preload/contract/audit.ts'
import type { FailureShape } from '../../preload/contract/base.ts'
import { keepSubscribed } from '../rpc/keepSubscribed.ts'
import { rpc } from '../rpc/rpc.ts'

/** How far the ledger is read, told again whenever something was added to it. */
export const useCoverage = create<{ coverage: Coverage | undefined; failure: FailureShape | undefined }>(() => ({
  coverage: undefined,
  failure: undefined,
}))

/** Follows it for as long as the Audit screen is open; returns the stop. */
export function followCoverage(): () => void {
  return keepSubscribed<Coverage>({
    subscribe: handlers => rpc.audit.watchCoverage.subscribe(undefined, handlers),
    onData: coverage => useCoverage.setState({ coverage, failure: undefined }),
    onFailure: failure => useCoverage.setState({ failure }),
  })
}

/** The ledger may tell of each of a thousand rows that it reads; whoever searches anew looks at most this often. ms */
const pace = 2000

const rowsNow = () => useCoverage.getState().coverage?.rows

/** How many rows the ledger has, told now and then while it grows: for what is asked again because of it. */
export function useGrowth(): number | undefined {
  const [rows, setRows] = useState(rowsNow)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = useCoverage.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        setRows(rowsNow())
      }, pace)
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [])
  return rows
}
