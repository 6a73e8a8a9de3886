import type { Waste } from '../../../preload/contract/cost.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Told } from '../../components/Told.tsx'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { rowId } from '../../stores/fleet.ts'
import { hashOf } from '../../stores/routeHash.ts'
import { Amount } from './Amount.tsx'
import css from './CostScreen.module.css'
import type { CostPartProps } from './CostScreen.tsx'

/** What was paid for nothing, largest first, each with what to do about it. */
export function WasteList({ month, sampleData, known }: CostPartProps) {
  const asked = useAsked(`waste ${month} ${sampleData}`, `${month} ${sampleData} ${known}`, () =>
    rpc.cost.waste.query({ month, sampleData }),
  )
  return (
    <Told answer={asked} meanwhile="Adding up…">
      {waste =>
        waste.length === 0 ? (
          <EmptyState title="No waste was found in this month.">
            <p>
              Looked for: builds repeated without a change, minutes of failed executions, pipelines that nobody uses.
            </p>
          </EmptyState>
        ) : (
          <Wasted waste={waste} />
        )
      }
    </Told>
  )
}

const kinds: Record<Waste['kind'], string> = {
  repeatedBuild: 'Repeated build',
  failedMinutes: 'Failed minutes',
  forgottenPipeline: 'Forgotten pipeline',
}

export function Wasted({ waste }: { waste: readonly Waste[] }) {
  return (
    <ul className={css.waste}>
      {waste.map(({ kind, key, stage, action, amount, what, next, executionId, sampleData }) => (
        <li key={`${kind} ${rowId(key)} ${stage} ${action}`} className={css.wasteItem}>
          <div>
            <p>
              <b>{kinds[kind]}</b> ·{' '}
              <a href={hashOf({ screen: 'pipeline', key, of: executionId ?? 'now' })}>
                {[key.name, stage, action].filter(part => part !== undefined).join(' › ')}
              </a>
              {sampleData && <span className="faint"> sample data</span>}
            </p>
            <p>{what}</p>
            <p className="dim">{next}</p>
          </div>
          <div className={css.figure}>
            <Amount amount={amount} />
            <span className="faint">{kind === 'forgottenPipeline' ? 'a month' : 'in this month'}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
