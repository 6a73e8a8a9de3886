import { useMemo } from 'react'
import type { DefinitionDiff, VersionInfo } from '../../../../preload/contract/auditReview.ts'
import type { PipelineKey } from '../../../../preload/contract/pipelines.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { Segmented } from '../../../components/Segmented.tsx'
import { Select } from '../../../components/Select.tsx'
import { count } from '../../../format/ids.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { rowId } from '../../../stores/fleet.ts'
import audit from '../audit.module.css'
import { type DiffLook, diffLooks, type VersionsView } from '../auditQuery.ts'
import { ChangeList } from './ChangeList.tsx'
import { compared } from './compared.ts'
import { DiffGraph } from './DiffGraph.tsx'
import css from './definitions.module.css'
import { JsonDiff } from './JsonDiff.tsx'

interface ComparisonProps {
  of: PipelineKey
  versions: readonly VersionInfo[]
  from: number | undefined
  to: number | undefined
  look: DiffLook
  onShow: (change: Partial<VersionsView>) => void
}

const lookName = { words: 'Words and graph', json: 'JSON' } as const

/** What turns one version into another. */
export function Comparison({ of, versions, from, to, look, onShow }: ComparisonProps) {
  const known = versions.filter(version => version.known)
  if (to === undefined || from === undefined) {
    return (
      <EmptyState title={known.length === 1 ? 'Only one version is known.' : 'No two versions are known.'}>
        There is nothing to compare it with; the desk keeps each version from now on.
      </EmptyState>
    )
  }
  const options = known.map(({ version }) => ({ value: `${version}`, label: `Version ${version}` }))
  return (
    <section className={css.comparison} aria-label={`Version ${from} compared with version ${to}`}>
      <div className={css.choose}>
        <Select
          name="From version"
          value={`${from}`}
          options={options}
          onChange={value => onShow({ from: Number(value) })}
        />
        <span aria-hidden>→</span>
        <Select name="To version" value={`${to}`} options={options} onChange={value => onShow({ to: Number(value) })} />
        <Segmented
          name="How the difference is shown"
          value={look}
          options={diffLooks.map(each => ({ value: each, label: lookName[each] }))}
          onChange={chosen => onShow({ look: chosen })}
        />
      </div>
      <Difference of={of} from={from} to={to} look={look} />
    </section>
  )
}

function Difference({ of, from, to, look }: { of: PipelineKey; from: number; to: number; look: DiffLook }) {
  const question = `diff ${rowId(of)} ${from} ${to}`
  const asked = useAsked(question, question, () => rpc.audit.diff.query({ key: of, from, to }))
  if (asked.value) return look === 'json' ? <JsonDiff diff={asked.value} /> : <Words diff={asked.value} />
  return asked.state === 'failed' ? (
    <FailureNotice failure={asked.failure} />
  ) : (
    <output className={audit.loading}>Comparing…</output>
  )
}

function Words({ diff }: { diff: DefinitionDiff }) {
  const { model, marks } = useMemo(() => compared(diff), [diff])
  return (
    <>
      <output className={css.summary}>
        {diff.changes.length === 0
          ? 'They are the same but for their numbers.'
          : `${count(diff.changes.length, 'change')} from version ${diff.from.info.version} to version ${diff.to.info.version}.`}
      </output>
      <DiffGraph
        key={`${diff.from.info.version} ${diff.to.info.version}`}
        model={model}
        marks={marks}
        name={`Stages of ${diff.key.name}, version ${diff.from.info.version} compared with ${diff.to.info.version}`}
      />
      <h3 className="unseen">What changed</h3>
      <ChangeList changes={diff.changes} />
    </>
  )
}
