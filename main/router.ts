import type { Accounts } from './accounts/accounts.ts'
import { accountsRouter } from './accounts/router.ts'
import type { Audit } from './audit/audit.ts'
import { auditRouter } from './audit/router.ts'
import type { Meter } from './aws/meter.ts'
import { awsRouter } from './aws/router.ts'
import { router } from './base/rpc.ts'
import type { Cost } from './cost/cost.ts'
import { costRouter } from './cost/router.ts'
import type { Metrics } from './metrics/metrics.ts'
import { metricsRouter } from './metrics/router.ts'
import type { Notices } from './notices/notices.ts'
import { noticesRouter } from './notices/router.ts'
import type { Operations } from './operations/operations.ts'
import { operationsRouter } from './operations/router.ts'
import type { Pipelines } from './pipelines/pipelines.ts'
import { pipelinesRouter } from './pipelines/router.ts'
import { settingsRouter } from './settings/router.ts'
import type { SettingsService } from './settings/settings.ts'

/** Every service that has procedures. */
export interface Services {
  accounts: Accounts
  audit: Audit
  meter: Meter
  cost: Cost
  metrics: Metrics
  notices: Notices
  pipelines: Pipelines
  operations: Operations
  settings: SettingsService
}

/** The whole of what the renderer may ask: each room's procedures under its own name. */
export function createRouter(services: Services) {
  return router({
    accounts: accountsRouter(services.accounts),
    audit: auditRouter(services.audit),
    aws: awsRouter(services.meter),
    cost: costRouter(services.cost),
    metrics: metricsRouter(services.metrics),
    notices: noticesRouter(services.notices),
    pipelines: pipelinesRouter(services.pipelines),
    operations: operationsRouter(services.operations),
    settings: settingsRouter(services.settings),
  })
}

export type AppRouter = ReturnType<typeof createRouter>
