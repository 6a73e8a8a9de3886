import { join } from 'node:path'
import prices from '../resources/prices.json' with { type: 'json' }
import { createAccounts } from './accounts/createAccounts.ts'
import { sharedFiles } from './accounts/profiles.ts'
import { cliCacheDirectory } from './accounts/sso/cliCache.ts'
import { networkNow } from './accounts/wake.ts'
import { createAudit } from './audit/createAudit.ts'
import { createAws } from './aws/aws.ts'
import { systemClock } from './base/clock.ts'
import { createCost } from './cost/createCost.ts'
import { priceBook } from './cost/priceBook.ts'
import { createMetrics } from './metrics/createMetrics.ts'
import { createLoadPast } from './metrics/loadPast.ts'
import { createReadBuilds } from './metrics/readBuilds.ts'
import { createNotices } from './notices/notices.ts'
import { createOperations } from './operations/createOperations.ts'
import { createPipelines } from './pipelines/createPipelines.ts'
import { type AppRouter, createRouter } from './router.ts'
import { createSettings } from './settings/settings.ts'
import type { Host } from './shell/host.ts'
import { openStore } from './store/store.ts'

/** The desk: every service built once. A shell hosts it. */
export interface App {
  router: AppRouter
  /** Begins with what was known, then starts the local cloud and follows the accounts. */
  start(): Promise<void>
  /** Ends every timer, connection and the local cloud's process. */
  stop(): Promise<void>
}

/** The composition root. */
export function createApp(host: Host): App {
  const clock = systemClock
  const log = host.log.bind(host)
  const store = openStore(join(host.data, 'desk.db'), clock.now())
  const notices = createNotices(clock)
  if (store.recovered) {
    const { movedTo, why } = store.recovered
    log('warn', 'The database was corrupt: it was moved aside and a new one begun', store.recovered)
    notices.put('recovered', {
      code: 'StoreRecovered',
      message: `The desk’s database was damaged (${why}). It was moved to ${movedTo} and a new one begun.`,
      place: { file: movedTo },
      next: 'Accounts, settings and the desk’s own journal must be set up anew; all else is being asked of AWS again.',
    })
  }

  const aws = createAws({ clock, random: Math.random })
  const accounts = createAccounts({
    aws,
    store,
    clock,
    random: Math.random,
    files: sharedFiles(process.env),
    ssoCache: cliCacheDirectory(),
    vault: host.vault,
    openExternal: url => host.openExternal(url),
    network: networkNow,
    pipelinesOf: account =>
      store.fleet.some(account, 5).map(({ key, stages }) => ({ key, stages: stages.map(({ name }) => name) })),
    cloudData: join(host.data, 'cloud'),
    startCloud: args => host.startCloud(args),
    log,
  })
  const settings = createSettings(store.settings)
  // The ledger is made of what the pipelines are, and takes in what their queues tell of calls.
  const onCall = (event: unknown) => void audit.offer(event)
  const pipelines = createPipelines({ aws, store, accounts, settings, notices, clock, log, onCall })
  const operations = createOperations({
    aws,
    accounts,
    pipelines,
    journal: store.journal,
    actions: store.actionExecutions,
    clock,
  })
  let toldPrices = store.prices.all()
  const book = priceBook(prices, () => toldPrices)
  const readBuilds = createReadBuilds({ aws, store })
  const loadPast = createLoadPast({ store, accounts, pipelines, clock })
  const metrics = createMetrics({ aws, store, accounts, pipelines, clock, loadPast, readBuilds, priceOf: book.price })
  const onPrices = () => {
    toldPrices = store.prices.all()
  }
  const cost = createCost({ aws, store, accounts, pipelines, clock, book, onPrices, loadPast, readBuilds })

  const audit = createAudit({
    aws,
    accounts,
    pipelines,
    operations,
    store,
    clock,
    printPdf: host.printPdf,
    log,
  })

  return {
    router: createRouter({
      accounts,
      cost,
      audit,
      meter: aws.meter,
      notices,
      metrics,
      pipelines,
      operations,
      settings,
    }),
    async start() {
      operations.recover()
      accounts.start()
      pipelines.start()
      audit.start()
      metrics.start()
    },
    async stop() {
      audit.stop()
      metrics.stop()
      pipelines.stop()
      await accounts.stop()
      aws.stop()
      store.close()
    },
  }
}
