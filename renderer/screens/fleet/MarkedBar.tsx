import { Button } from '../../components/Button.tsx'
import { count } from '../../format/ids.ts'
import { clearMarks, useFleetView } from '../../stores/fleetView.ts'
import { copyNames } from './copyNames.ts'
import css from './FleetScreen.module.css'

/** What can be done with the marked rows; shown while there are any. */
export function MarkedBar() {
  const marked = useFleetView(state => state.marked)
  if (marked.size === 0) return null
  return (
    <div className={css.marked}>
      <b>{count(marked.size, 'pipeline')} marked</b>
      <Button keys="Y" onClick={copyNames}>
        Copy names
      </Button>
      <Button look="quiet" keys="Escape" onClick={clearMarks}>
        Take the marks away
      </Button>
    </div>
  )
}
