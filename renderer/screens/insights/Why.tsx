import type { Explanation, Period } from '../../../preload/contract/metrics.ts'
import { bucketName } from '../../charts/plotData.ts'
import { Button } from '../../components/Button.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Section } from '../../components/Page.tsx'
import { Took } from '../../components/Took.tsx'
import { formatDifference } from '../../format/duration.ts'
import { count, shortId } from '../../format/ids.ts'
import { rpc } from '../../rpc/rpc.ts'
import { hashOf } from '../../stores/routeHash.ts'
import css from './InsightsScreen.module.css'
import { type InsightsView, insightsQuery, spans } from './insightsQuery.ts'
import { SlowerTable } from './Slower.tsx'
import { BasisLine, type PartProps, Told, usePart } from './Told.tsx'
import { WithSamples } from './WithSamples.tsx'
import { inUnits, timeName } from './words.ts'

/** "Why did lead time double": the parts that grew, with what came with them. */
export function Why(props: PartProps) {
  const answer = usePart('explain', props, query => rpc.metrics.explain.query(query))
  return <Told answer={answer}>{explanation => <Explained explanation={explanation} {...props} />}</Told>
}

/** Less is no change that anybody asks about. */
const matters = 1000
const changed = ({ differenceMs }: Difference) => Math.abs(differenceMs) >= matters

function Explained({ explanation, ...props }: { explanation: Explanation } & PartProps) {
  const { answer, before, after, regressions, slowest, basis } = explanation
  const parts = explanation.parts.filter(changed)
  const actions = explanation.actions.filter(changed)
  return (
    <>
      <p className={css.answer}>{answer}</p>
      {before.count > 0 && after.count > 0 && (
        <dl className={css.means}>
          {[before, after].map(({ period, meanMs, medianMs, count: deployments }) => (
            <div key={period.from}>
              <dt>
                Mean of {count(deployments, 'deployment')}, <Days period={period} />
              </dt>
              <dd>{inUnits(meanMs)}</dd>
              <dd className={css.median}>median {inUnits(medianMs)}</dd>
            </div>
          ))}
        </dl>
      )}
      <BasisLine basis={basis} />
      <WithSamples basis={basis} {...props} />
      <Otherwise explanation={explanation} {...props} />
      {before.count > 0 && parts.length > 0 && (
        <Section title="What changed">
          <DataTable
            file="lead-time-parts"
            caption="Mean lead time by what it is spent on"
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
            columns={actionColumnsFor(props.view)}
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

/** A period by its first and its last day, UTC. */
function Days({ period: { from, to } }: { period: Period }) {
  const last = new Date(Date.parse(to) - 1).toISOString()
  return (
    <>
      {bucketName(from, 'day')} to {bucketName(last, 'day')}, UTC
    </>
  )
}

/** Where the period before is too thin: the longest shorter period, which may have one that is not. */
function Otherwise({ explanation: { before, after }, view, show }: { explanation: Explanation } & PartProps) {
  const shorter = spans.findLast(days => days < view.days)
  if (before.count >= enough || after.count < enough || shorter === undefined) return null
  return (
    <p className={css.next}>
      <Button onClick={() => show({ days: shorter })}>Compare the last {shorter} days instead</Button>
    </p>
  )
}

/** As main has it: fewer deployments make no mean. */
const enough = 5

type Difference = { beforeMs: number; afterMs: number; differenceMs: number }

const differences = [
  {
    id: 'before',
    title: 'Before',
    numeric: true,
    csv: { 'Before (ms)': ({ beforeMs }: Difference) => beforeMs },
    cell: ({ beforeMs }: Difference) => <Took ms={beforeMs} />,
  },
  {
    id: 'after',
    title: 'Now',
    numeric: true,
    csv: { 'Now (ms)': ({ afterMs }: Difference) => afterMs },
    cell: ({ afterMs }: Difference) => <Took ms={afterMs} />,
  },
  {
    id: 'difference',
    title: 'Difference',
    numeric: true,
    csv: { 'Difference (ms)': ({ differenceMs }: Difference) => differenceMs },
    by: ({ differenceMs }: Difference) => differenceMs,
    cell: ({ differenceMs }: Difference) => <b className="mono">{formatDifference(differenceMs)}</b>,
  },
] as const

const partColumns: readonly Column<Explanation['parts'][number]>[] = [
  { id: 'kind', title: 'Spent on', by: ({ kind }) => timeName[kind], cell: ({ kind }) => timeName[kind] },
  ...differences,
]

const actionColumnsFor = (view: InsightsView): readonly Column<Explanation['actions'][number]>[] => [
  {
    id: 'action',
    title: 'Action',
    cell: ({ key, stage, action }) => (
      <a
        href={hashOf({
          screen: 'insights',
          query: insightsQuery({
            ...view,
            scope: { kind: 'pipeline', key },
            tab: 'durations',
            series: action === '' ? stage : `${stage}/${action}`,
          }),
        })}
      >
        {[key.name, stage, action].filter(part => part !== '').join(' › ')}
      </a>
    ),
  },
  { id: 'kind', title: 'Spent on', by: ({ kind }) => timeName[kind], cell: ({ kind }) => timeName[kind] },
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
