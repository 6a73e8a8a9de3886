import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef } from 'react'
import type { Environment, PortalAccount } from '../../../preload/contract/accounts.ts'
import field from '../../components/Field.module.css'
import { Select } from '../../components/Select.tsx'
import { useAccounts } from '../../stores/accounts.ts'
import { bandOptions } from './bands.tsx'
import type { Choice } from './choice.ts'
import { environmentOptions } from './environments.ts'
import css from './PortalPicker.module.css'

export interface PortalGridProps {
  accounts: readonly PortalAccount[]
  choices: ReadonlyMap<string, Choice>
  onMark: (ids: readonly string[], on: boolean) => void
  onChange: (id: string, said: Partial<Choice>) => void
}

const rowHeight = 44

/** Accounts as rows with a check each; hundreds of them. Arrows move from check to check, the space bar marks. */
export function PortalGrid({ accounts, choices, onMark, onChange }: PortalGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const here = useAccounts(state => state.accounts)
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here: the list must follow its scroll
  const virtual = useVirtualizer({
    count: accounts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: index => accounts[index]?.id ?? index,
    overscan: 8,
  })
  const markable = accounts.filter(({ id, roles }) => (roles?.length ?? 0) > 0 && takenAs(here, id) === undefined)
  const all = markable.length > 0 && markable.every(({ id }) => choices.has(id))

  const move = (event: KeyboardEvent, from: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const to = Math.min(Math.max(from + step, 0), accounts.length - 1)
    const check = () => scroller.current?.querySelector<HTMLInputElement>(`[data-index="${to}"] input[type=checkbox]`)
    virtual.scrollToIndex(to)
    // At once where the row is drawn: a space bar that follows quickly must not fall between two rows.
    const drawn = check()
    if (drawn) drawn.focus()
    else requestAnimationFrame(() => check()?.focus())
  }

  return (
    <div className={css.grid}>
      <label className={css.header}>
        <input
          type="checkbox"
          checked={all}
          disabled={markable.length === 0}
          onChange={event =>
            onMark(
              markable.map(({ id }) => id),
              event.target.checked,
            )
          }
        />
        <span>Mark all {markable.length} shown</span>
        <span className={css.columns} aria-hidden>
          <span>Role</span>
          <span>Name in the desk</span>
          <span>Environment</span>
          <span>Colour</span>
        </span>
      </label>
      <div ref={scroller} className={css.scroller}>
        <ul style={{ height: virtual.getTotalSize() }} className={css.rows}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const account = accounts[index]
            if (!account) return null
            return (
              <li
                key={key}
                data-index={index}
                className={css.row}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
                aria-setsize={accounts.length}
                aria-posinset={index + 1}
              >
                <Row
                  account={account}
                  choice={choices.get(account.id)}
                  taken={takenAs(here, account.id)}
                  onMark={on => onMark([account.id], on)}
                  onChange={said => onChange(account.id, said)}
                  onKeyDown={event => move(event, index)}
                />
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

type Here = ReturnType<typeof useAccounts.getState>['accounts']

/** As what the account is here already; one of the local cloud's own may become a role instead. */
const takenAs = (here: Here, id: string): string | undefined =>
  here.find(account => account.id === id && account.source.kind !== 'localCloud')?.name

interface RowProps {
  account: PortalAccount
  choice: Choice | undefined
  taken: string | undefined
  onMark: (on: boolean) => void
  onChange: (said: Partial<Choice>) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function Row({ account, choice, taken, onMark, onChange, onKeyDown }: RowProps) {
  const { name, id, email, roles, problem } = account
  return (
    <>
      <label className={css.name}>
        <input
          type="checkbox"
          checked={choice !== undefined}
          disabled={taken !== undefined || !roles || roles.length === 0}
          onChange={event => onMark(event.target.checked)}
          onKeyDown={onKeyDown}
        />
        <b title={name}>{name}</b>
        <span className="mono dim">{id}</span>
        {email !== undefined && (
          <span className={css.mail} title={email}>
            {email}
          </span>
        )}
      </label>
      {choice ? (
        <>
          <Select
            name={`Role in ${name}`}
            value={choice.role}
            options={(roles ?? []).map(role => ({ value: role, label: role }))}
            onChange={role => onChange({ role })}
          />
          <input
            className={field.input}
            value={choice.alias}
            maxLength={60}
            aria-label={`Name of ${name} in the desk`}
            onChange={event => onChange({ alias: event.target.value })}
          />
          <Select<Environment>
            name={`Environment of ${name}`}
            value={choice.environment}
            options={environmentOptions}
            onChange={environment => onChange({ environment })}
          />
          <Select
            name={`Colour of ${name}`}
            value={choice.band}
            options={bandOptions}
            onChange={band => onChange({ band })}
          />
        </>
      ) : (
        <span className={css.roles}>
          {taken === undefined
            ? (problem?.message ?? (roles ? roles.join(', ') || 'no role' : 'asking…'))
            : `here as ${taken}`}
        </span>
      )}
    </>
  )
}
