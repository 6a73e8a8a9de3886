import { useState } from 'react'
import type { VersionInfo } from '../../../../preload/contract/auditReview.ts'
import type { PipelineKey } from '../../../../preload/contract/pipelines.ts'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { When } from '../../../components/When.tsx'
import { count, shortId } from '../../../format/ids.ts'
import { formatInstant } from '../../../format/instant.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { rowId } from '../../../stores/fleet.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import { useZone } from '../../../stores/settings.ts'
import { ledgerQuery, type VersionsView } from '../auditQuery.ts'
import { WhoName } from '../parts.tsx'
import { alarmWord, sentence } from '../words.ts'
import css from './definitions.module.css'

interface VersionListProps {
  of: PipelineKey
  versions: readonly VersionInfo[]
  from: number | undefined
  to: number | undefined
  onShow: (change: Partial<VersionsView>) => void
}

/** Newest first: who made each, when, what changed, its alarms, and what ran under it. A click compares it with the one before. */
export function VersionList({ of, versions, from, to, onShow }: VersionListProps) {
  return (
    <ol className={css.versions} aria-label="Versions">
      {versions.map(version => (
        <Version
          key={version.version}
          of={of}
          info={version}
          before={versions.find(other => other.known && other.version < version.version)?.version}
          side={version.version === to ? 'to' : version.version === from ? 'from' : undefined}
          onShow={onShow}
        />
      ))}
    </ol>
  )
}

interface VersionProps {
  of: PipelineKey
  info: VersionInfo
  before: number | undefined
  side: 'from' | 'to' | undefined
  onShow: (change: Partial<VersionsView>) => void
}

function Version({ of, info, before, side, onShow }: VersionProps) {
  const zone = useZone()
  const [open, setOpen] = useState(false)
  const { version, at, by, changes, alarms, executions, known, entry } = info
  const comparable = known && before !== undefined
  return (
    <li className={css.version} data-side={side}>
      <p className={css.versionHead}>
        {comparable ? (
          <button
            type="button"
            className={css.number}
            aria-pressed={side === 'to'}
            aria-label={`Version ${version}: compare with version ${before}`}
            onClick={() => onShow({ from: before, to: version })}
          >
            v{version}
          </button>
        ) : (
          <b className={css.number}>v{version}</b>
        )}
        {at === undefined ? (
          <span className="faint">time not known</span>
        ) : (
          <span className="dim">
            {formatInstant(at, zone)} · <When at={at} ago />
          </span>
        )}
      </p>
      <p>{by ? <WhoName who={by} /> : <span className="faint">Nobody is named by the ledger or by AWS.</span>}</p>
      <Changes info={info} />
      {alarms.length > 0 && (
        <p>
          {alarms.map(alarm => (
            <span key={alarm} className={css.alarm}>
              {alarmWord[alarm]}
            </span>
          ))}
        </p>
      )}
      <p className={css.versionFoot}>
        {executions === 0 ? (
          <span className="faint">no execution known</span>
        ) : (
          <button type="button" className={css.more} aria-expanded={open} onClick={() => setOpen(!open)}>
            {count(executions, 'execution')}
          </button>
        )}
        {entry !== undefined && (
          <a
            href={hashOf({
              screen: 'audit',
              page: 'ledger',
              query: ledgerQuery({ filter: { pipelines: [of.name], kinds: ['definition'] }, entry, look: 'timeline' }),
            })}
          >
            Evidence
          </a>
        )}
      </p>
      {open && <Executions of={of} version={version} />}
      {changes === undefined && !known && <p className="faint">Its text is known to neither AWS nor the ledger.</p>}
    </li>
  )
}

const mostWords = 4

function Changes({ info: { changes, version } }: { info: VersionInfo }) {
  if (changes === undefined) return <p className="faint">The version before is not known, so no change can be told.</p>
  if (changes.length === 0)
    return <p className="dim">{version === 1 ? 'Created.' : 'Nothing changed but its number.'}</p>
  return (
    <ul className={css.changeWords}>
      {changes.slice(0, mostWords).map((words, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- two changes may be told in the same words
        <li key={index}>{sentence(words)}</li>
      ))}
      {changes.length > mostWords && <li className="dim">and {changes.length - mostWords} more</li>}
    </ul>
  )
}

function Executions({ of, version }: { of: PipelineKey; version: number }) {
  const question = `executions under ${rowId(of)} ${version}`
  const asked = useAsked(question, question, () => rpc.audit.executionsUnder.query({ key: of, version }))
  if (asked.value === undefined) {
    return asked.state === 'failed' ? <FailureNotice failure={asked.failure} /> : <output>Reading…</output>
  }
  return (
    <ul className={css.executions}>
      {asked.value.map(({ id, state, startedAt, sample }) => (
        <li key={id}>
          <StateGlyph state={state} size={12} />
          <a className="mono" href={hashOf({ screen: 'pipeline', key: of, of: id })}>
            {shortId(id)}
          </a>
          <span className="dim">
            <When at={startedAt} ago />
            {sample && ', sample data'}
          </span>
        </li>
      ))}
    </ul>
  )
}
