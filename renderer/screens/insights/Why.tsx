import type { Explanation } from '../../../preload/contract/metrics.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Section } from '../../components/Page.tsx'
import { Took } from '../../components/Took.tsx'
import { formatDifference } from '../../format/duration.ts'
import { count, shortId } from '../../format/ids.ts'
import { rpc } from '../../rpc/rpc.ts'
import { hashOf } from '../../stores/routeHash.ts'
import css from './InsightsScreen.module.css'
import { SlowerTable } from './Slower.tsx'
import { BasisLine, type PartProps, Told, usePart } from './Told.tsx'
import { timeName } from './words.ts'

/** "Why did lead time double": the parts that grew, with what came with them. */
export function Why(props: PartProps) {
  const answer = usePart('explain', props, query => rpc.metrics.explain.query(query))
  return <Told answer={answer}>{explanation => <Explained explanation={explanation} />}</Told>
}

function Explained({ explanation }: { explanation: Explanation }) {
  const { answer, before, after, parts, actions, regressions, slowest, basis } = explanation
  return (
    <>
      <p className={css.answer}>{answer}</p>
      <p className={css.basis}>
        {count(after.count, 'deployment')} in this period, {before.count} in the one before, of the same length.
      </p>
      <BasisLine basis={basis} />
      {before.count > 0 && parts.length > 0 && (
        <Section title="What grew">
          <DataTable
            caption="Lead time by what it is spent on"
            columns={partColumns}
            rows={parts}
            idOf={({ kind }) => kind}
          />
        </Section>
      )}
      {before.count > 0 && actions.length > 0 && (
        <Section title="Actions and waits that grew most">
          <DataTable
            caption="Actions by how much longer they take"
            columns={actionColumns}
            rows={actions}
            idOf={({ key, stage, action, kind }) => `${key.account}${key.region}${key.name}${stage}${action}${kind}`}
          />
        </Section>
      )}
      {regressions.length > 0 && (
        <Section title="Since when, and what came with it">
          <SlowerTable regressions={regressions} />
        </Section>
      )}
      {slowest.length > 0 && (
        <Section title="The slowest deployments">
          <DataTable
            caption="The slowest deployments"
            columns={slowestColumns}
            rows={slowest}
            idOf={({ execution }) => execution.id}
          />
        </Section>
      )}
    </>
  )
}

type Difference = { beforeMs: number; afterMs: number; differenceMs: number }

const differences = [
  {
    id: 'before',
    title: 'Before',
    numeric: true,
    cell: ({ beforeMs }: Difference) => <Took ms={beforeMs} />,
  },
  { id: 'after', title: 'Now', numeric: true, cell: ({ afterMs }: Difference) => <Took ms={afterMs} /> },
  {
    id: 'difference',
    title: 'Difference',
    numeric: true,
    by: ({ differenceMs }: Difference) => differenceMs,
    cell: ({ differenceMs }: Difference) => <b>{formatDifference(differenceMs)}</b>,
  },
] as const

const partColumns: readonly Column<Explanation['parts'][number]>[] = [
  { id: 'kind', title: 'Spent on', cell: ({ kind }) => timeName[kind] },
  ...differences,
]

const actionColumns: readonly Column<Explanation['actions'][number]>[] = [
  {
    id: 'action',
    title: 'Action',
    cell: ({ key, stage, action }) => (
      <a href={hashOf({ screen: 'pipeline', key, of: 'now' })}>
        {[key.name, stage, action].filter(part => part !== '').join(' › ')}
      </a>
    ),
  },
  { id: 'kind', title: 'Spent on', cell: ({ kind }) => timeName[kind] },
  ...differences,
]

const slowestColumns: readonly Column<Explanation['slowest'][number]>[] = [
  {
    id: 'execution',
    title: 'Execution',
    cell: ({ key, execution }) => (
      <a href={hashOf({ screen: 'pipeline', key, of: execution.id })}>
        {key.name} {shortId(execution.id)}
      </a>
    ),
  },
  {
    id: 'revision',
    title: 'Revision',
    cell: ({ execution }) => execution.revisions[0]?.summary ?? <span className="faint">—</span>,
  },
  { id: 'lead', title: 'Lead time', numeric: true, cell: ({ leadTimeMs }) => <Took ms={leadTimeMs} /> },
]
