import { useEffect, useId, useState } from 'react'
import { Anchor, type ChainVerdict, type VerifyUpdate } from '../../../../preload/contract/audit.ts'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import { Button } from '../../../components/Button.tsx'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import field from '../../../components/Field.module.css'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { count } from '../../../format/ids.ts'
import { formatInstant } from '../../../format/instant.ts'
import { formatNumber } from '../../../format/number.ts'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useZone } from '../../../stores/settings.ts'
import { useAccountName } from '../parts.tsx'
import { anchorText, readAnchor } from './anchor.ts'
import css from './dialogs.module.css'

type Stand = VerifyUpdate | { kind: 'failed'; failure: FailureShape }

/** Computes every hash anew and says, account by account, whether the ledger is as it was recorded. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const [anchor, setAnchor] = useState<Anchor>()
  const [round, setRound] = useState(0)
  const [stand, setStand] = useState<Stand>()
  // oxlint-disable-next-line react/exhaustive-deps -- each round is a verification of its own
  useEffect(() => {
    const subscription = rpc.audit.verify.subscribe(anchor ? { account: anchor.account, anchor } : {}, {
      onData: setStand,
      onError: thrown => setStand({ kind: 'failed', failure: failureOf(thrown) }),
    })
    return () => subscription.unsubscribe()
  }, [anchor, round])
  const verify = (against: Anchor | undefined) => {
    setStand(undefined)
    setAnchor(against)
    setRound(round + 1)
  }
  const done = stand?.kind === 'verdict' || stand?.kind === 'failed'
  return (
    <Dialog
      open
      onClose={onClose}
      title="Verify the ledger"
      description="Each row’s hash covers its record and the hash before it. A row that was altered, removed or put elsewhere breaks the chain."
      width="wide"
      footer={
        <>
          <Button disabledBecause={done ? undefined : 'It is being verified.'} onClick={() => verify(undefined)}>
            Verify again
          </Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <Standing stand={stand} against={anchor} />
      <AnchorForm onCheck={verify} />
    </Dialog>
  )
}

function Standing({ stand, against }: { stand: Stand | undefined; against: Anchor | undefined }) {
  const zone = useZone()
  switch (stand?.kind) {
    case undefined:
    case 'progress': {
      const { done, of } = stand ?? { done: 0, of: 0 }
      return (
        <div className={css.progress}>
          <progress max={Math.max(of, 1)} value={done} aria-label="Rows verified" />
          <output>
            {formatNumber(done)} of {count(of, 'row')}
          </output>
        </div>
      )
    }
    case 'failed':
      return <FailureNotice failure={stand.failure} />
    case 'verdict': {
      if (stand.chains.length === 0) return <p>The ledger is empty: there is nothing to verify yet.</p>
      const wrong = stand.chains.filter(({ fault }) => fault).length
      return (
        <>
          <output className={css.verdict} data-state={wrong > 0 ? 'failed' : 'succeeded'}>
            <StateGlyph state={wrong > 0 ? 'failed' : 'succeeded'} size={16} decorative />
            {wrong > 0
              ? `${count(wrong, 'chain')} of ${stand.chains.length} ${wrong === 1 ? 'does' : 'do'} not hold.`
              : `Every row is as it was recorded${against ? ', and the anchor fits' : ''}.`}
            <span className="dim">Verified {formatInstant(stand.at, zone)}</span>
          </output>
          <ul className={css.chains}>
            {stand.chains.map(chain => (
              <Chain key={chain.account} chain={chain} />
            ))}
          </ul>
        </>
      )
    }
  }
}

const faultWord = ({ kind, seq }: NonNullable<ChainVerdict['fault']>) =>
  kind === 'notRecorded' ? 'more is shown than was recorded' : `broken at row ${formatNumber(seq)}`

function Chain({ chain }: { chain: ChainVerdict }) {
  const name = useAccountName()(chain.account)
  const anchor = { account: chain.account, seq: chain.rows, hash: chain.head }
  return (
    <li data-state={chain.fault ? 'failed' : 'succeeded'}>
      <StateGlyph state={chain.fault ? 'failed' : 'succeeded'} decorative />
      <div>
        <p>
          <b>{name}</b> <span className="dim mono">{chain.account}</span>: {count(chain.rows, 'row')},{' '}
          {chain.fault ? faultWord(chain.fault) : 'unbroken'}
        </p>
        {chain.fault && <p className={css.fault}>{chain.fault.words}</p>}
        {Anchor.safeParse(anchor).success && (
          <p className={css.head}>
            <code>{anchorText(anchor)}</code>
            <CopyButton text={anchorText(anchor)} what={`the anchor of ${name}`} />
          </p>
        )}
      </div>
    </li>
  )
}

/** An anchor that was kept elsewhere shows a chain that was cut short or written anew as a whole. */
function AnchorForm({ onCheck }: { onCheck: (anchor: Anchor) => void }) {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState(false)
  const problem = useId()
  return (
    <form
      className={css.anchor}
      onSubmit={event => {
        event.preventDefault()
        const anchor = readAnchor(text)
        setWrong(anchor === undefined)
        if (anchor) onCheck(anchor)
      }}
    >
      <label className={field.field}>
        Check an anchor that you kept elsewhere
        <input
          className={field.input}
          value={text}
          spellCheck={false}
          autoComplete="off"
          placeholder="account/row/hash"
          aria-invalid={wrong}
          aria-describedby={wrong ? problem : undefined}
          onChange={event => {
            setText(event.target.value)
            setWrong(false)
          }}
        />
      </label>
      <Button type="submit">Check</Button>
      {wrong && (
        <p id={problem} className={field.wrong} role="alert">
          An anchor is twelve digits, a row’s number and 64 hexadecimal digits, with a slash between them.
        </p>
      )}
    </form>
  )
}
