import type { VersionInfo } from '../../../../preload/contract/auditReview.ts'
import type { PipelineKey } from '../../../../preload/contract/pipelines.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { copyText } from '../../../components/CopyButton.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useCommands } from '../../../stores/commands.ts'
import { useCoverage } from '../../../stores/coverage.ts'
import { rowId } from '../../../stores/fleet.ts'
import { go } from '../../../stores/route.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import audit from '../audit.module.css'
import { parseVersions, type VersionsView, versionsQuery } from '../auditQuery.ts'
import { Comparison } from './Comparison.tsx'
import css from './definitions.module.css'
import { VersionList } from './VersionList.tsx'

/** The versions of one pipeline's definition, and two of them compared. */
export function Versions({ of, query }: { of: PipelineKey; query: string }) {
  const id = rowId(of)
  const tens = useCoverage(state => Math.floor((state.coverage?.rows ?? 0) / 10))
  const asked = useAsked(`versions ${id}`, `versions ${id} ${tens}`, () => rpc.audit.versions.query({ key: of }))
  const view = parseVersions(query)
  const versions = asked.value ?? []
  const { from, to } = compareOf(view, versions)
  const show = (change: Partial<VersionsView>) => {
    const next = versionsQuery({ ...view, from, to, ...change })
    go({ screen: 'audit', page: 'definitions', key: of, query: next }, { replace: true })
  }
  const step = (by: number) => {
    const known = versions.filter(version => version.known)
    const at = known.findIndex(({ version }) => version === to)
    const [next, before] = [known[at + by], known[at + by + 1]]
    if (next && before) show({ from: before.version, to: next.version })
  }
  const toList = () => go({ screen: 'audit', page: 'definitions', query: '' })
  useCommands([
    {
      id: 'version-older',
      title: 'The change before',
      group: 'Definitions',
      keys: ['J', 'ArrowDown'],
      keyOnly: true,
      run: () => step(1),
    },
    {
      id: 'version-newer',
      title: 'The change after',
      group: 'Definitions',
      keys: ['K', 'ArrowUp'],
      keyOnly: true,
      run: () => step(-1),
    },
    { id: 'versions-back', title: 'All definitions', group: 'Definitions', keys: 'Escape', run: toList },
    {
      id: 'versions-copy',
      title: 'Copy a link to this comparison',
      group: 'Definitions',
      keys: 'Y',
      run: () => void copyText(location.hash.replace(/^#\//, 'cloudpipelines://'), 'the link'),
    },
  ])
  return (
    <div className={css.page}>
      <header className={css.head}>
        <a href={hashOf({ screen: 'audit', page: 'definitions', query: '' })}>Definitions</a>
        <span aria-hidden>›</span>
        <h2>{of.name}</h2>
        <AccountOf id={of.account} />
        <span className="dim">{of.region}</span>
        <a className={css.toPipeline} href={hashOf({ screen: 'pipeline', key: of, of: 'now' })}>
          Open the pipeline
        </a>
      </header>
      {asked.state === 'failed' && (
        <div className={css.notice}>
          <FailureNotice failure={asked.failure} />
        </div>
      )}
      {asked.value === undefined && asked.state === 'asking' && (
        <output className={audit.loading}>Reading the versions…</output>
      )}
      {asked.value && versions.length === 0 && (
        <EmptyState title={`No version of ${of.name} is known.`}>
          <a href={hashOf({ screen: 'audit', page: 'coverage', query: '' })}>See how far the ledger is read</a>
        </EmptyState>
      )}
      {versions.length > 0 && (
        <div className={css.split}>
          <VersionList of={of} versions={versions} from={from} to={to} onShow={show} />
          <Comparison of={of} versions={versions} from={from} to={to} look={view.look} onShow={show} />
        </div>
      )}
    </div>
  )
}

/** The two that are compared: what the address says, else the latest with the one before. */
function compareOf({ from, to }: VersionsView, versions: readonly VersionInfo[]) {
  const known = versions.filter(version => version.known).map(({ version }) => version)
  const newer = to ?? known[0]
  return { to: newer, from: from ?? known.find(version => newer !== undefined && version < newer) }
}
