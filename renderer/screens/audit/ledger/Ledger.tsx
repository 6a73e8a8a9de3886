import { useMemo, useRef, useState } from 'react'
import type { EntryFilter } from '../../../../preload/contract/audit.ts'
import { Button } from '../../../components/Button.tsx'
import { copyText } from '../../../components/CopyButton.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { count } from '../../../format/ids.ts'
import { formatNumber } from '../../../format/number.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useCommands } from '../../../stores/commands.ts'
import { useGrowth } from '../../../stores/coverage.ts'
import { go } from '../../../stores/route.ts'
import { type LedgerView, ledgerQuery, looks, parseLedger } from '../auditQuery.ts'
import { DayStrip } from './DayStrip.tsx'
import { EntryList, type ListHandle } from './EntryList.tsx'
import { EntryPane } from './EntryPane.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import css from './ledger.module.css'
import { Nothing } from './Nothing.tsx'
import { useEntries } from './useEntries.ts'
import { VerifyDialog } from './VerifyDialog.tsx'

type Asking = 'verify' | 'export' | 'import'

const lookName = { timeline: 'Timeline', table: 'Table' } as const

/** Everything that happened to pipelines, newest first, and the evidence for the entry that is read. */
export function Ledger({ query }: { query: string }) {
  const view = useMemo(() => parseLedger(query), [query])
  const { filter, entry, look } = view
  const entries = useEntries(filter)
  const [asking, setAsking] = useState<Asking>()
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<ListHandle>(null)
  const pane = useRef<HTMLElement>(null)
  const show = (change: Partial<LedgerView>) =>
    go({ screen: 'audit', page: 'ledger', query: ledgerQuery({ ...view, ...change }) }, { replace: true })
  const setFilter = (next: EntryFilter) => show({ filter: next })
  const select = (id: number | undefined) => show({ entry: id })
  const shown = entries.loaded?.entries ?? []
  const toEntry = (by: number) => {
    const at = shown.findIndex(({ id }) => id === entry)
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)]
    if (!next) return
    select(next.id)
    list.current?.show(next.id)
  }
  const fresh = entries.loaded?.fresh ?? 0
  const close = () => setAsking(undefined)

  useCommands([
    {
      id: 'ledger-search',
      title: 'Search the ledger',
      group: 'Ledger',
      keys: '/',
      keyOnly: true,
      run: () => {
        input.current?.focus()
        input.current?.select()
      },
    },
    {
      id: 'ledger-next',
      title: 'Next',
      group: 'Ledger',
      keys: ['J', 'ArrowDown'],
      keyOnly: true,
      run: () => toEntry(1),
    },
    {
      id: 'ledger-previous',
      title: 'Previous',
      group: 'Ledger',
      keys: ['K', 'ArrowUp'],
      keyOnly: true,
      run: () => toEntry(-1),
    },
    {
      id: 'ledger-open',
      title: 'Read the entry',
      group: 'Ledger',
      keys: 'Enter',
      keyOnly: true,
      run: () => (entry === undefined ? toEntry(1) : pane.current?.focus()),
    },
    {
      id: 'ledger-close',
      title: 'Close the entry',
      group: 'Ledger',
      keys: 'Escape',
      keyOnly: true,
      run: () => select(undefined),
    },
    { id: 'ledger-export', title: 'Export what is found…', group: 'Ledger', keys: 'E', run: () => setAsking('export') },
    {
      id: 'ledger-copy',
      title: entry === undefined ? 'Copy a link to this search' : 'Copy a link to this entry',
      group: 'Ledger',
      keys: 'Y',
      run: () => void copyText(location.hash.replace(/^#\//, 'cloudpipelines://'), 'the link'),
    },
    {
      id: 'ledger-fresh',
      title: 'Show new entries',
      group: 'Ledger',
      keys: 'O',
      disabledBecause: fresh === 0 ? 'There are none.' : undefined,
      run: entries.showNew,
    },
    { id: 'ledger-verify', title: 'Verify the ledger…', group: 'Ledger', run: () => setAsking('verify') },
    { id: 'ledger-import', title: 'Import CloudTrail files…', group: 'Ledger', run: () => setAsking('import') },
  ])

  return (
    <div className={css.ledger}>
      <div className={css.main}>
        <FilterBar
          ref={input}
          filter={filter}
          onChange={setFilter}
          onLeave={() => {
            input.current?.blur()
            const at = entry ?? shown[0]?.id
            if (at !== undefined) list.current?.show(at)
          }}
        />
        <div className={css.doings}>
          <Found filter={filter} took={entries.took} />
          <Segmented
            name="How the entries stand"
            value={look}
            options={looks.map(each => ({ value: each, label: lookName[each] }))}
            onChange={chosen => show({ look: chosen })}
          />
          <Button onClick={() => setAsking('verify')}>Verify…</Button>
          <Button keys="E" aria-label="Export" onClick={() => setAsking('export')}>
            Export…
          </Button>
          <Button onClick={() => setAsking('import')}>Import…</Button>
        </div>
        {look === 'timeline' && <DayStrip filter={filter} onChange={setFilter} />}
        {entries.failure && (
          <div className={css.failure}>
            <FailureNotice failure={entries.failure}>
              <Button onClick={entries.again}>Try again</Button>
            </FailureNotice>
          </div>
        )}
        <div className={css.list}>
          {entries.loaded === undefined ? (
            entries.failure === undefined && <output className={css.loading}>Searching the ledger…</output>
          ) : shown.length === 0 ? (
            <Nothing filter={filter} onChange={setFilter} onImport={() => setAsking('import')} />
          ) : (
            <EntryList
              ref={list}
              entries={shown}
              more={entries.loaded.next !== undefined}
              onMore={entries.more}
              selected={entry}
              onSelect={select}
              look={look}
            />
          )}
          {fresh > 0 && (
            <output className={css.fresh}>
              <Button keys="O" onClick={entries.showNew}>
                {formatNumber(fresh)} new: show
              </Button>
            </output>
          )}
        </div>
      </div>
      {entry !== undefined && (
        <EntryPane
          ref={pane}
          key={entry}
          id={entry}
          onClose={() => select(undefined)}
          onLeave={() => (list.current ? list.current.show(entry) : select(undefined))}
          onShow={select}
        />
      )}
      {asking === 'verify' && <VerifyDialog onClose={close} />}
      {asking === 'export' && <ExportDialog filter={filter} onClose={close} />}
      {asking === 'import' && <ImportDialog onClose={close} />}
    </div>
  )
}

/** How many entries fit. */
function Found({ filter, took }: { filter: EntryFilter; took: number | undefined }) {
  const rows = useGrowth()
  const question = JSON.stringify(filter)
  const counted = useAsked(question, `${question} ${rows}`, () => rpc.audit.count.query(filter)).value
  return (
    <output className={css.found}>
      {counted &&
        (counted.more
          ? `more than ${count(counted.count, 'entry', 'entries')}`
          : count(counted.count, 'entry', 'entries'))}
      {took !== undefined && <span className="faint"> · searched in {Math.max(1, Math.round(took))} ms</span>}
    </output>
  )
}
