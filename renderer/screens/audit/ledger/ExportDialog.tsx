import { useEffect, useRef, useState } from 'react'
import type { EntryFilter, ExportFormat } from '../../../../preload/contract/audit.ts'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import { saveFile } from '../../../charts/saveFile.ts'
import { Button } from '../../../components/Button.tsx'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { count } from '../../../format/ids.ts'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { bytesOf } from './base64.ts'
import css from './dialogs.module.css'

const formats: readonly { value: ExportFormat; name: string; about: string }[] = [
  { value: 'csv', name: 'CSV', about: 'A line for each entry, for a spreadsheet.' },
  { value: 'json', name: 'JSON', about: 'The entries with the hashes of their evidence, for a program.' },
  { value: 'html', name: 'HTML', about: 'A report to read or to print, with the chains’ verification.' },
  { value: 'pdf', name: 'PDF', about: 'The same report, printed.' },
]

type Stand =
  | { state: 'choosing' }
  | { state: 'writing'; words: string; done: number; of: number | undefined }
  | { state: 'saved'; fileName: string; entries: number; sha256: string }
  | { state: 'failed'; failure: FailureShape }

/** Writes what the search finds into a file. */
export function ExportDialog({ filter, onClose }: { filter: EntryFilter; onClose: () => void }) {
  const [format, setFormat] = useState<ExportFormat>('csv')
  const { stand, begin, cancel } = useExport(filter)
  const writing = stand.state === 'writing'
  return (
    <Dialog
      open
      onClose={onClose}
      title="Export what is found"
      description={
        Object.keys(filter).length === 0
          ? 'The whole ledger, as nothing is searched for.'
          : 'The entries that fit the search.'
      }
      footer={
        writing ? (
          <Button onClick={cancel}>Cancel</Button>
        ) : (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button look="primary" onClick={() => begin(format)}>
              Export {formats.find(each => each.value === format)?.name}
            </Button>
          </>
        )
      }
    >
      <fieldset className={css.formats} disabled={writing}>
        <legend className="unseen">Format</legend>
        {formats.map(({ value, name, about }) => (
          <label key={value}>
            <input
              type="radio"
              name="format"
              value={value}
              checked={format === value}
              onChange={() => setFormat(value)}
            />
            <span>{name}</span>
            <span>{about}</span>
          </label>
        ))}
      </fieldset>
      <Standing stand={stand} />
    </Dialog>
  )
}

function Standing({ stand }: { stand: Stand }) {
  switch (stand.state) {
    case 'choosing':
      return null
    case 'writing':
      return (
        <div className={css.progress}>
          <progress
            aria-label="Exported"
            {...(stand.of !== undefined && { max: Math.max(stand.of, 1), value: stand.done })}
          />
          <output>{stand.words}</output>
        </div>
      )
    case 'saved':
      return (
        <output className={css.part}>
          <p>
            Saved {stand.fileName}: {count(stand.entries, 'entry', 'entries')}.
          </p>
          <p className="dim">
            Its SHA-256 <CopyButton text={stand.sha256} what="the file’s SHA-256" />
            <code className={css.hash}>{stand.sha256}</code>
          </p>
        </output>
      )
    case 'failed':
      return (
        <div className={css.part}>
          <FailureNotice failure={stand.failure} />
        </div>
      )
  }
}

function useExport(filter: EntryFilter) {
  const [stand, setStand] = useState<Stand>({ state: 'choosing' })
  const stop = useRef(() => {})
  useEffect(() => () => stop.current(), [])
  const begin = (format: ExportFormat) => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    setStand({ state: 'writing', words: 'Beginning…', done: 0, of: undefined })
    const subscription = rpc.audit.export.subscribe(
      { filter, format },
      {
        onData(update) {
          switch (update.kind) {
            case 'progress':
              setStand({ state: 'writing', words: update.words, done: update.done, of: update.of })
              break
            case 'chunk':
              parts.push(bytesOf(update.base64))
              break
            case 'end':
              saveFile(update.fileName, new Blob(parts, { type: update.type }))
              setStand({ state: 'saved', ...update })
              break
          }
        },
        onError: thrown => setStand({ state: 'failed', failure: failureOf(thrown) }),
      },
    )
    stop.current = () => subscription.unsubscribe()
  }
  const cancel = () => {
    stop.current()
    setStand({ state: 'choosing' })
  }
  return { stand, begin, cancel }
}
