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
