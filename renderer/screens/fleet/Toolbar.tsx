import { memo } from 'react'
import type { Settings } from '../../../preload/contract/settings.ts'
import { Segmented } from '../../components/Segmented.tsx'
import { type Option, Select } from '../../components/Select.tsx'
import { count } from '../../format/ids.ts'
import { formatNumber } from '../../format/number.ts'
import { useFleetView } from '../../stores/fleetView.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import css from './FleetScreen.module.css'
import type { Grouping } from './order/arrange.ts'

const groupings: readonly Option<Grouping>[] = [
  { value: 'none', label: 'Not grouped' },
  { value: 'account', label: 'By account' },
  { value: 'state', label: 'By state' },
]
const densities: readonly Option<Settings['density']>[] = [
  { value: 'tiles', label: 'Tiles' },
  { value: 'rows', label: 'Rows' },
  { value: 'lines', label: 'Lines' },
]

export interface ToolbarProps {
  shown: number
  total: number
  loading: boolean
}

/** How much is shown, and how. Not drawn again for each row that changes. */
export const Toolbar = memo(function Toolbar({ shown, total, loading }: ToolbarProps) {
  const grouping = useFleetView(state => state.grouping)
  const density = useSettings(state => state.settings.density)
  return (
    <>
      <output className={css.count}>
        {shown === total ? count(total, 'pipeline') : `${formatNumber(shown)} of ${count(total, 'pipeline')}`}
        {loading && ', listing…'}
      </output>
      <span className={css.how}>
        <Select
          name="Group by"
          value={grouping}
          options={groupings}
          onChange={value => useFleetView.setState({ grouping: value })}
        />
        <Segmented
          name="Density"
          value={density}
          options={densities}
          onChange={value => void changeSettings({ density: value })}
        />
      </span>
    </>
  )
})
