import { X } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import type { EntryDetail, LedgerEntry } from '../../../../preload/contract/audit.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { IconButton } from '../../../components/Button.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { shortId } from '../../../format/ids.ts'
import { formatInstant } from '../../../format/instant.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { useHasConsole } from '../../../stores/accounts.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import { useZone } from '../../../stores/settings.ts'
import { versionsQuery } from '../auditQuery.ts'
import { ChangeList } from '../definitions/ChangeList.tsx'
import { Glyph, keyOf, PipelineLink, WhoName } from '../parts.tsx'
import { kindSign } from '../words.ts'
import { consoleLinks } from './consoleLinks.ts'
import { EvidenceList } from './EvidenceList.tsx'
import css from './pane.module.css'

interface EntryPaneProps {
  id: number
  onClose: () => void
  /** Esc within it: back to the list. */
  onLeave: () => void
  onShow: (id: number) => void
  ref: Ref<HTMLElement>
}

/** One entry with all that is known of it: who and how that is known, the evidence, and what belongs to it. */
export function EntryPane({ id, onClose, onLeave, onShow, ref }: EntryPaneProps) {
  const asked = useAsked(`entry ${id}`, `entry ${id}`, () => rpc.audit.entry.query({ id }))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the links in it keep Esc to themselves
    <aside
      ref={ref}
      className={css.pane}
      aria-label="Entry"
      tabIndex={-1}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onLeave()
      }}
    >
      <div className={css.close}>
        <IconButton label="Close the entry" keys="Escape" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      {asked.value && <Told detail={asked.value} onShow={onShow} />}
      {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
      {asked.state === 'asking' && asked.value === undefined && (
        <output className={css.loading}>Reading the entry…</output>
      )}
    </aside>
  )
}

function Told({ detail, onShow }: { detail: EntryDetail; onShow: (id: number) => void }) {
  const { entry, changes, evidence, related } = detail
  const zone = useZone()
  return (
    <>
      <h2 className={css.title}>{entry.words}</h2>
      <p className={css.sub}>
        <Glyph sign={kindSign[entry.kind]} /> {kindSign[entry.kind].word} · <code>{entry.name}</code> ·{' '}
        <time dateTime={entry.at}>{formatInstant(entry.at, zone)}</time>
      </p>
      {entry.refused && (
        <p className={css.refused}>
          <b>Refused by AWS, nothing was changed.</b> {entry.refused.code}: {entry.refused.message}
        </p>
      )}
      {entry.comment !== undefined && <blockquote className={css.comment}>{entry.comment}</blockquote>}
      <Facts detail={detail} />
      {changes.length > 0 && (
        <Part title="What it changed">
          <ChangeList changes={changes} />
        </Part>
      )}
      <Part title="Evidence">
        <EvidenceList evidence={evidence} entry={entry} />
      </Part>
      {related.length > 0 && (
        <Part title="Belongs to it">
          <ul className={css.related}>
            {related.map(other => (
              <li key={other.id}>
                <button type="button" className={css.relatedEntry} onClick={() => onShow(other.id)}>
                  <span className={css.relatedWhen}>{formatInstant(other.at, zone)}</span>
                  <Glyph sign={kindSign[other.kind]} size={13} />
                  <span>
                    {other.words} <span className="dim">by {other.who.name}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

function Facts({ detail }: { detail: EntryDetail }) {
  const { entry, sourceIp, userAgent, requestId } = detail
  const hasConsole = useHasConsole(entry.account)
  const { who } = entry
  const key = keyOf(entry)
  const certain = who.kind === 'person' ? (who.certain ? 'certain' : 'not certain: the caller chooses this name') : ''
  return (
    <dl className={css.facts}>
      <Fact name="Who">
        <WhoName who={who} />
        <span className="dim">{[who.how, certain].filter(part => part !== '').join('; ')}</span>
        {who.arn !== undefined && <code className={css.id}>{who.arn}</code>}
      </Fact>
      <Fact name="Where">
        <span className={css.line}>
          <AccountOf id={entry.account} /> {entry.region}
        </span>
        <span className="dim mono">{entry.account}</span>
      </Fact>
      {key && (
        <Fact name="Pipeline">
          <PipelineLink of={key} executionId={entry.executionId} />
          {(entry.stage ?? entry.action) !== undefined && (
            <span className="dim">{[entry.stage, entry.action].filter(part => part !== undefined).join(' › ')}</span>
          )}
          <DefinitionLink entry={entry} />
        </Fact>
      )}
      {entry.pipelines.length > 0 && <Fact name="Also concerns">{entry.pipelines.join(', ')}</Fact>}
      {entry.executionId !== undefined && (
        <Fact name="Execution">
          {key ? (
            <a href={hashOf({ screen: 'pipeline', key, of: entry.executionId })}>{shortId(entry.executionId)}</a>
          ) : (
            <code>{entry.executionId}</code>
          )}
        </Fact>
      )}
      {sourceIp !== undefined && (
        <Fact name="From">
          <code>{sourceIp}</code>
        </Fact>
      )}
      {userAgent !== undefined && (
        <Fact name="With">
          <code className={css.id}>{userAgent}</code>
        </Fact>
      )}
      {requestId !== undefined && (
        <Fact name="Request">
          <code className={css.id}>{requestId}</code>
        </Fact>
      )}
      {hasConsole && (
        <Fact name="In AWS’s console">
          <span className={css.line}>
            {consoleLinks(entry).map(({ name, href }) => (
              <a key={name} href={href} target="_blank" rel="noreferrer">
                {name}
              </a>
            ))}
          </span>
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** To the comparison that shows what an update changed, or to the pipeline's versions. */
function DefinitionLink({ entry }: { entry: LedgerEntry }) {
  const key = keyOf(entry)
  if (!key) return null
  const { version } = entry
  const query =
    version === undefined || version < 2 ? '' : versionsQuery({ from: version - 1, to: version, look: 'words' })
  return (
    <a href={hashOf({ screen: 'audit', page: 'definitions', key, query })}>
      {version === undefined ? 'Its definition’s versions' : `Version ${version} of its definition`}
    </a>
  )
}
