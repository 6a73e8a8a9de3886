import type {
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
import type { PipelineKey } from '../../preload/contract/pipelines.ts'

/** What pipelines cost: estimates from what was executed, never the bill. */
export interface Cost {
  overview(query: CostQuery): Promise<CostOverview>
  /** @throws Failure `AccountUnknown` */
  account(query: CostQuery & { account: string }): Promise<AccountCost>
  /** @throws Failure `PipelineUnknown` */
  pipeline(query: CostQuery & { key: PipelineKey }): Promise<PipelineCost>
  /** Asks for the execution's actions where they are not known yet. @throws Failure `ExecutionUnknown` */
  execution(key: PipelineKey, executionId: string): Promise<ExecutionCost>
  switchTypes(query: CostQuery): Promise<SwitchReport>
  whatIf(question: WhatIf): WhatIfResult
  waste(query: CostQuery): Promise<Waste[]>
  prices(): PriceTable
  /** Asks AWS's price list with that account, for its regions. What can't be had is said in the table. */
  refreshPrices(account: string): Promise<PriceTable>
}
