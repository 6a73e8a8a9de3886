import type { Basis } from '../../../preload/contract/metrics.ts'
import { Button } from '../../components/Button.tsx'
import { count } from '../../format/ids.ts'
import css from './InsightsScreen.module.css'
import type { PartProps } from './Told.tsx'

/** Where little but sample data is there: the way to count it, beside the figures that lack it. */
export function WithSamples({ basis: { executions, leftOut }, show }: { basis: Basis } & Pick<PartProps, 'show'>) {
  if (leftOut === 0 || executions >= leftOut) return null
  return (
    <p className={css.next}>
      <Button onClick={() => show({ sampleData: true })}>Count the {count(leftOut, 'execution')} of sample data</Button>
    </p>
  )
}
