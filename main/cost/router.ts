import { z } from 'zod'
import { AccountId } from '../../preload/contract/accounts.ts'
import {
  AccountCost,
  CostOverview,
  CostQuery,
  ExecutionCost,
  PipelineCost,
  PriceTable,
  SwitchReport,
  Waste,
  WhatIf,
  WhatIfResult,
} from '../../preload/contract/cost.ts'
import { ExecutionId, PipelineKey } from '../../preload/contract/pipelines.ts'
import { procedure, router } from '../base/rpc.ts'
import type { Cost } from './cost.ts'

export function costRouter(cost: Cost) {
  return router({
    overview: procedure
      .input(CostQuery)
      .output(CostOverview)
      .query(({ input }) => cost.overview(input)),
    account: procedure
      .input(CostQuery.extend({ account: AccountId }))
      .output(AccountCost)
      .query(({ input }) => cost.account(input)),
    pipeline: procedure
      .input(CostQuery.extend({ key: PipelineKey }))
      .output(PipelineCost)
      .query(({ input }) => cost.pipeline(input)),
    execution: procedure
      .input(z.object({ key: PipelineKey, executionId: ExecutionId }))
      .output(ExecutionCost)
      .query(({ input }) => cost.execution(input.key, input.executionId)),
    switchTypes: procedure
      .input(CostQuery)
      .output(SwitchReport)
      .query(({ input }) => cost.switchTypes(input)),
    whatIf: procedure
      .input(WhatIf)
      .output(WhatIfResult)
      .query(({ input }) => cost.whatIf(input)),
    waste: procedure
      .input(CostQuery)
      .output(z.array(Waste))
      .query(({ input }) => cost.waste(input)),
    prices: procedure
      .input(z.object({}).optional())
      .output(PriceTable)
      .query(() => cost.prices()),
    refreshPrices: procedure
      .input(z.object({ account: AccountId }))
      .output(PriceTable)
      .mutation(({ input }) => cost.refreshPrices(input.account)),
  })
}
