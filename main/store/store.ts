import { type AccountStore, accountStore } from './accounts.ts'
import { type ActionExecutionStore, actionExecutionStore } from './actionExecutions.ts'
import { type DatabaseLimits, type Opened, openDatabase } from './database.ts'
import { type DefinitionStore, definitionStore } from './definitions.ts'
import { type ExecutionStore, executionStore } from './executions.ts'
import { type FleetStore, fleetStore } from './fleet.ts'
import { type HistoryStore, historyStore } from './history.ts'
import { hold } from './hold.ts'
import { type JournalStore, journalStore } from './journal.ts'
import { type LedgerStore, ledgerStore } from './ledger/ledger.ts'
import { type PriceStore, priceStore } from './prices.ts'
import { type SealedStore, sealedStore } from './sealed.ts'
import { type SettingsStore, settingsStore } from './settings.ts'
import { type SsoSessionStore, ssoSessionStore } from './ssoSessions.ts'

/** Everything that the desk keeps, one member for each aggregate. */
export interface Store {
  accounts: AccountStore
  ssoSessions: SsoSessionStore
  sealed: SealedStore
  settings: SettingsStore
  fleet: FleetStore
  definitions: DefinitionStore
  executions: ExecutionStore
  actionExecutions: ActionExecutionStore
  journal: JournalStore
  ledger: LedgerStore
  history: HistoryStore
  prices: PriceStore
  /** Set where the file was corrupt and a new one was begun. */
  recovered: Opened['recovered']
  close(): void
}

/**
 * Opens the store in `file`, or in memory for `:memory:`. `now` names a corrupt file that is moved aside.
 *
 * @throws Failure `StoreInUse` where another desk has it open; those of {@link openDatabase}.
 */
export function openStore(file: string, now: number, limits: DatabaseLimits = {}): Store {
  const release = file === ':memory:' ? () => {} : hold(file)
  try {
    return storeOver(openDatabase(file, now, limits), release)
  } catch (thrown) {
    release()
    throw thrown
  }
}

function storeOver({ database, recovered }: Opened, release: () => void): Store {
  return {
    accounts: accountStore(database),
    ssoSessions: ssoSessionStore(database),
    sealed: sealedStore(database),
    settings: settingsStore(database),
    fleet: fleetStore(database),
    definitions: definitionStore(database),
    executions: executionStore(database),
    actionExecutions: actionExecutionStore(database),
    journal: journalStore(database),
    ledger: ledgerStore(database),
    history: historyStore(database),
    prices: priceStore(database),
    recovered,
    close() {
      database.close()
      release()
    },
  }
}
