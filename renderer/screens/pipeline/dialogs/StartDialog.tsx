import { useState } from 'react'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import css from './dialogs.module.css'
import { OperationDialog } from './OperationDialog.tsx'

const longest = 1000

/** Starts a new execution, with the pipeline's variables. */
export function StartDialog({ view, onClose }: { view: PipelineView; onClose: () => void }) {
  const declared = view.definition.variables
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map())
  const valueOf = (name: string, otherwise = '') => values.get(name) ?? otherwise
  const missing = declared.find(({ name, defaultValue }) => defaultValue === undefined && valueOf(name) === '')
  const tooLong = declared.find(({ name }) => valueOf(name).length > longest)
  return (
    <OperationDialog
      view={view}
      title="Start an execution"
      request={{
        kind: 'start',
        key: view.row.key,
        variables: [...values].filter(([, value]) => value !== '').map(([name, value]) => ({ name, value })),
      }}
      previewed={{ kind: 'start', key: view.row.key, variables: [] }}
      verb="Start"
      incomplete={
        missing
          ? `${missing.name} has no default: give it a value`
          : tooLong && `${tooLong.name} is longer than the ${longest} characters AWS takes`
      }
      onClose={onClose}
    >
      {declared.map(({ name, defaultValue, description }) => (
        <div key={name} className={css.field}>
          <label htmlFor={`variable-${name}`}>{name}</label>
          {description !== undefined && <span className="dim">{description}</span>}
          <input
            id={`variable-${name}`}
            className="mono"
            value={valueOf(name)}
            placeholder={defaultValue ?? 'required'}
            aria-required={defaultValue === undefined}
            spellCheck={false}
            onChange={event => setValues(new Map(values).set(name, event.target.value))}
          />
        </div>
      ))}
      {declared.length === 0 && (
        <p className="dim">The pipeline declares no variables. Its source actions fetch their newest revisions.</p>
      )}
    </OperationDialog>
  )
}
