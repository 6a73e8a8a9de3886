import { useState } from 'react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { Price, PriceTable } from '../../../preload/contract/cost.ts'
import { Button } from '../../components/Button.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { Select } from '../../components/Select.tsx'
import { Told } from '../../components/Told.tsx'
import { When } from '../../components/When.tsx'
import { formatPrice } from '../../format/money.ts'
import { formatNumber } from '../../format/number.ts'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { inDollars } from './Amount.tsx'
import css from './CostScreen.module.css'

const columns: readonly Column<Price>[] = [
  { id: 'label', title: 'What', by: ({ label }) => label, cell: ({ label }) => label },
  {
    id: 'region',
    title: 'Region',
    by: ({ region }) => region,
    cell: ({ region }) => <span className={css.whole}>{region}</span>,
  },
  {
    id: 'price',
    title: 'Price',
    numeric: true,
    csv: {
      ...inDollars<Price>('Price', ({ low, high }) => ({ low, high, currency: 'USD' })),
      Per: ({ per }) => per,
      Unit: ({ unit }) => unit,
    },
    cell: ({ low, high, per, unit }) =>
      `${formatPrice({ low, high })} per ${per === 1 ? unit : `${formatNumber(per)} ${unit}s`}`,
  },
  {
    id: 'confirmed',
    title: 'Confirmed',
    by: ({ confirmed }) => (confirmed ? 0 : 1),
    cell: ({ confirmed }) => (confirmed ? 'yes' : <span className={css.unconfirmed}>unconfirmed</span>),
  },
  {
    id: 'date',
    title: 'Of',
    by: ({ date }) => date,
    cell: ({ date }) => (
      <time dateTime={date} className={css.whole}>
        {date}
      </time>
    ),
  },
  { id: 'source', title: 'Source', by: ({ source }) => source, cell: ({ source }) => source },
]

/** Every price that is used, where it is from and of which day. */
export function Prices() {
  const [refreshed, setRefreshed] = useState<PriceTable>()
  const [failure, setFailure] = useState<FailureShape>()
  const asked = useAsked('prices', 'prices', () => rpc.cost.prices.query({}))
  const table = refreshed ?? asked.value
  if (!table)
    return (
      <Told answer={asked} meanwhile="Looking prices up…">
        {() => null}
      </Told>
    )
  const refresh = (account: string) => {
    setFailure(undefined)
    rpc.cost.refreshPrices.mutate({ account }).then(setRefreshed, (thrown: unknown) => setFailure(failureOf(thrown)))
  }
  return (
    <>
      <p className={css.basis}>
        The price book that came with the desk is of {table.bookDate}.{' '}
        {table.refreshed ? (
          <>
            {table.refreshed.prices} prices were asked of AWS <When at={table.refreshed.at} ago />.
          </>
        ) : (
          'No price has been asked of AWS yet: that takes pricing:GetProducts, and is never required.'
        )}
      </p>
      <Refresh onRefresh={refresh} />
      {failure && <FailureNotice failure={failure} />}
      {table.problem && <FailureNotice failure={table.problem} />}
      <DataTable
        caption="Prices"
        file="prices"
        columns={columns}
        rows={table.prices}
        idOf={({ id, region }) => `${id} ${region}`}
        sorted={{ column: 'label', descending: false }}
      />
    </>
  )
}

function Refresh({ onRefresh }: { onRefresh: (account: string) => void }) {
  const accounts = useAccounts(state => state.accounts)
  const [chosen, setChosen] = useState<string>()
  const account = chosen ?? accounts[0]?.id
  if (account === undefined) return null
  return (
    <div className={css.toolbar}>
      <Button onClick={() => onRefresh(account)}>Ask AWS for its prices</Button>
      <span className="dim">as</span>
      <Select
        name="Account that asks"
        value={account}
        options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChosen}
      />
    </div>
  )
}
