import { type ReactNode, useId, useState } from 'react'
import { ComputeType, type WhatIfBase, type WhatIfChange } from '../../../preload/contract/cost.ts'
import { Button } from '../../components/Button.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import { Select } from '../../components/Select.tsx'
import { formatNumber } from '../../format/number.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { Sum } from './Amount.tsx'
import css from './CostScreen.module.css'
import { EstimateLines } from './EstimateLines.tsx'

const asNow = 'asNow'

/** A month of 30 days, as it is and as it would be. */
export function WhatIfPanel({ base }: { base: WhatIfBase }) {
  const [change, setChange] = useState<WhatIfChange>({})
  const question = JSON.stringify({ base, change })
  const asked = useAsked(`what if ${JSON.stringify(base)}`, question, () => rpc.cost.whatIf.query({ base, change }))
  const set = (more: WhatIfChange) => setChange({ ...change, ...more })
  const perDay = change.executionsPerDay ?? base.executionsPerDay
  const builds = base.builds.length > 0
  const result = asked.value
  return (
    <div className={css.whatIf}>
      <div className={css.dials}>
        <Dial name="Executions a day" told={formatNumber(perDay, 1)}>
          {id => (
            <input
              id={id}
              type="range"
              min={0}
              max={Math.max(20, Math.ceil(base.executionsPerDay * 4))}
              step={0.5}
              value={perDay}
              onChange={({ target }) => set({ executionsPerDay: target.valueAsNumber })}
            />
          )}
        </Dial>
        <div className={css.dial}>
          <span>Type</span>
          <Segmented
            name="Type of the pipeline"
            value={change.type ?? base.type}
            options={[
              { value: 'V1', label: 'V1' },
              { value: 'V2', label: 'V2' },
            ]}
            onChange={type => set({ type })}
          />
        </div>
        {builds && (
          <>
            <div className={css.dial}>
              <span>Builds on</span>
              <Select
                name="Compute type of the builds"
                value={change.compute ?? asNow}
                options={[
                  { value: asNow, label: 'as now' },
                  ...ComputeType.options.map(compute => ({ value: compute, label: compute.replace('.', ' ') })),
                ]}
                onChange={chosen => {
                  const { compute: _, ...others } = change
                  const compute = ComputeType.safeParse(chosen).data
                  setChange(compute ? { ...others, compute } : others)
                }}
              />
            </div>
            <Dial name="A cache saves" told={`${Math.round((change.cacheSaves ?? 0) * 100)} % of the build time`}>
              {id => (
                <input
                  id={id}
                  type="range"
                  min={0}
                  max={0.9}
                  step={0.05}
                  value={change.cacheSaves ?? 0}
                  onChange={({ target }) => set({ cacheSaves: target.valueAsNumber })}
                />
              )}
            </Dial>
            <Dial name="Fewer repeated builds" told={`${Math.round((change.fewerRepeats ?? 0) * 100)} % fewer`}>
              {id => (
                <input
                  id={id}
                  type="range"
                  min={0}
                  max={1}
                  step={0.1}
                  value={change.fewerRepeats ?? 0}
                  onChange={({ target }) => set({ fewerRepeats: target.valueAsNumber })}
                />
              )}
            </Dial>
          </>
        )}
        <Button onClick={() => setChange({})}>As it is now</Button>
      </div>
      {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
      {result && (
        <div aria-live="polite">
          <dl className={css.sums}>
            <Sum name="A month now" amount={result.before.total} />
            <Sum name="A month then" amount={result.after.total} />
            {result.saves.high < 0 ? (
              <Sum name="Costs more" amount={{ ...result.saves, low: -result.saves.high, high: -result.saves.low }} />
            ) : (
              <Sum name="Saves" amount={result.saves} />
            )}
          </dl>
          {result.notes.map(note => (
            <p key={note} className={css.basis}>
              {note}
            </p>
          ))}
          <details className={css.details}>
            <summary>How the month then comes about</summary>
            <EstimateLines estimate={result.after} />
          </details>
        </div>
      )}
    </div>
  )
}

function Dial({ name, told, children }: { name: string; told: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={css.dial}>
      <label htmlFor={id}>{name}</label>
      {children(id)}
      <output htmlFor={id} className="dim">
        {told}
      </output>
    </div>
  )
}
