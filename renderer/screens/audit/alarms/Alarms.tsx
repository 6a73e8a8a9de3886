import { useState } from 'react'
import type { Alarm } from '../../../../preload/contract/auditReview.ts'
import { AccountOf } from '../../../components/AccountOf.tsx'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { When } from '../../../components/When.tsx'
import { count } from '../../../format/ids.ts'
import { formatInstant } from '../../../format/instant.ts'
import { useAlarms } from '../../../stores/alarms.ts'
import { hashOf } from '../../../stores/routeHash.ts'
import { useZone } from '../../../stores/settings.ts'
import audit from '../audit.module.css'
import { ledgerQuery, versionsQuery } from '../auditQuery.ts'
import { Glyph, PipelineNamed, WhoName } from '../parts.tsx'
import { alarmWord, kindSign } from '../words.ts'
import css from './alarms.module.css'
import { SignOffDialog } from './SignOffDialog.tsx'

/** As many as are drawn at once; the rest on demand. */
const atOnce = 200

/** What weakens a pipeline: open ones to be reviewed, and those that somebody has signed off. */
export function Alarms() {
  const { alarms, known, failure } = useAlarms()
  const [signing, setSigning] = useState<Alarm>()
  const open = alarms.filter(({ signedOff }) => !signedOff)
  const signedOff = alarms.filter(alarm => alarm.signedOff)
  return (
    <div className={audit.reading}>
      <p className={audit.lead}>
        A gate that was removed, a role that was widened, a source that was changed: each stays open until somebody says
        in a note why it is well. The sign-off is kept in the ledger.
      </p>
      {failure && <FailureNotice failure={failure} />}
      {!known && !failure && <output className={audit.loading}>Reading the alarms…</output>}
      {known && (
        <>
          <section className={css.part} aria-labelledby="open-alarms">
            <h2 id="open-alarms">{open.length === 0 ? 'Open' : `Open: ${open.length}`}</h2>
            {open.length === 0 ? (
              <EmptyState title="No alarm is open.">
                Definitions and roles are compared version by version as the ledger learns of them.
              </EmptyState>
            ) : (
              <AlarmList alarms={open} onSign={setSigning} />
            )}
          </section>
          {signedOff.length > 0 && (
            <section className={css.part} aria-labelledby="signed-alarms">
              <h2 id="signed-alarms">Signed off: {signedOff.length}</h2>
              <AlarmList alarms={signedOff} />
            </section>
          )}
        </>
      )}
      {signing && <SignOffDialog alarm={signing} onClose={() => setSigning(undefined)} />}
    </div>
  )
}

function AlarmList({ alarms, onSign }: { alarms: readonly Alarm[]; onSign?: (alarm: Alarm) => void }) {
  const [shown, setShown] = useState(atOnce)
  return (
    <>
      <ul className={css.alarms}>
        {alarms.slice(0, shown).map(alarm => (
          <OneAlarm key={alarm.id} alarm={alarm} onSign={onSign} />
        ))}
      </ul>
      {alarms.length > shown && (
        <Button onClick={() => setShown(shown + atOnce)}>Show {count(alarms.length - shown, 'more alarm')}</Button>
      )}
    </>
  )
}

function OneAlarm({ alarm, onSign }: { alarm: Alarm; onSign: ((alarm: Alarm) => void) | undefined }) {
  const zone = useZone()
  const { at, kind, account, region, pipelines, stage, action, versions, words, who, entry, cause, signedOff } = alarm
  const [name] = pipelines
  const toEntry = (id: number) =>
    hashOf({ screen: 'audit', page: 'ledger', query: ledgerQuery({ filter: {}, entry: id, look: 'timeline' }) })
  return (
    <li className={css.alarm} data-open={signedOff === undefined || undefined}>
      <Glyph sign={kindSign[signedOff ? 'signOff' : 'alarm']} size={16} />
      <div className={css.told}>
        <p className={css.words}>
          <b>{alarmWord[kind]}</b> {words}
        </p>
        <p className={css.line}>
          <WhoName who={who} />
          <span className="dim">
            {formatInstant(at, zone)} · <When at={at} ago />
          </span>
          <AccountOf id={account} />
          {pipelines.map(each => (
            <PipelineNamed key={each} account={account} region={region} name={each} />
          ))}
          {stage !== undefined && (
            <span className="dim">{[stage, action].filter(part => part !== undefined).join(' › ')}</span>
          )}
        </p>
        <p className={css.line}>
          {versions && name !== undefined && (
            <a
              href={hashOf({
                screen: 'audit',
                page: 'definitions',
                key: { account, region, name },
                query: versionsQuery({ ...versions, look: 'words' }),
              })}
            >
              Compare version {versions.from} with {versions.to}
            </a>
          )}
          <a href={toEntry(cause ?? entry)}>{cause === undefined ? 'Its entry' : 'The call that caused it'}</a>
        </p>
        {signedOff && (
          <blockquote className={css.note}>
            {signedOff.note}
            <footer>
              Signed off by {signedOff.by}, {formatInstant(signedOff.at, zone)} ·{' '}
              <a href={toEntry(signedOff.entry)}>in the ledger</a>
            </footer>
          </blockquote>
        )}
      </div>
      {onSign && <Button onClick={() => onSign(alarm)}>Sign off…</Button>}
    </li>
  )
}
