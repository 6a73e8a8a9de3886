import { useState } from 'react'
import type { ActionDefinition, ActionDetail } from '../../../../preload/contract/pipelines.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { Facts } from './Facts.tsx'
import css from './inspector.module.css'
import { Values } from './Values.tsx'

const choices = [
  { value: 'resolved', label: 'Resolved' },
  { value: 'raw', label: 'As declared' },
] as const

/** The action's configuration: with its variables resolved, as it ran, and as it is declared. */
export function Configuration({
  definition,
  detail,
}: {
  definition: ActionDefinition | undefined
  detail: ActionDetail | undefined
}) {
  const [chosen, choose] = useState<'resolved' | 'raw'>('resolved')
  const raw = detail?.configuration ?? definition?.configuration ?? {}
  const resolved = detail?.resolvedConfiguration ?? {}
  const values = Object.entries(chosen === 'raw' || !detail ? raw : resolved)
  const differing = Object.keys(raw).filter(name => detail && raw[name] !== resolved[name])
  return (
    <div className={css.body}>
      <section>
        {detail ? (
          <Segmented name="Configuration" value={chosen} options={choices} onChange={choose} />
        ) : (
          <p className="dim">As declared: it has not run yet.</p>
        )}
        {values.length === 0 ? <EmptyState title="No configuration" /> : <Values values={values} />}
        {differing.length > 0 && <p className="dim">Resolved from variables: {differing.join(', ')}</p>}
      </section>
      {definition && (
        <section>
          <h2>Declaration</h2>
          <Facts
            facts={[
              ['Type', `${definition.category} · ${definition.owner} · ${definition.provider} · ${definition.version}`],
              ['Run order', String(definition.runOrder)],
              ['Namespace', definition.namespace],
              definition.timeoutInMinutes !== undefined && ['Timeout', `${definition.timeoutInMinutes} min`],
              ['Takes', definition.inputArtifacts.join(', ')],
              ['Gives', definition.outputArtifacts.join(', ')],
            ]}
          />
        </section>
      )}
    </div>
  )
}
