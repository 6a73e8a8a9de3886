import { type DragEvent, useRef, useState } from 'react'
import type { ImportResult } from '../../../../preload/contract/audit.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { count } from '../../../format/ids.ts'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { base64Of } from './base64.ts'
import css from './dialogs.module.css'
import { Imported } from './Imported.tsx'
import { ImportFromS3 } from './ImportFromS3.tsx'
import { added, nothingImported } from './imported.ts'

/** As much as main takes, zipped. */
const largestFile = 11 * 2 ** 20

/** Brings the past into the ledger: files that CloudTrail wrote, from this computer or from S3. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Import CloudTrail files"
      description="For what lies beyond CloudTrail’s 90 days. What the ledger has already is not added twice."
      width="wide"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <ImportFiles />
      <section className={css.part}>
        <h3>From S3</h3>
        <ImportFromS3 />
      </section>
    </Dialog>
  )
}

function ImportFiles() {
  const [result, setResult] = useState<ImportResult>()
  const [left, setLeft] = useState(0)
  const [over, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const take = async (files: readonly File[]) => {
    setResult(nothingImported)
    setLeft(files.length)
    // One after the other: a year of files would not fit into memory at once.
    for (const file of files) {
      const one = await importOne(file)
      setResult(before => added(before ?? nothingImported, one))
      setLeft(before => before - 1)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take([...event.dataTransfer.files])
  }
  return (
    <section>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the button in it does the same */}
      <div
        className={css.drop}
        data-over={over || undefined}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>Drop files here, gzip or plain JSON, as many as you like.</p>
        <Button
          disabledBecause={left > 0 ? 'Files are being imported.' : undefined}
          onClick={() => chooser.current?.click()}
        >
          Choose files…
        </Button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept=".json,.gz,application/json,application/gzip"
          aria-label="CloudTrail files"
          onChange={event => {
            void take([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </div>
      {left > 0 && <output className={css.part}>{count(left, 'file')} to go…</output>}
      {result && result.files > 0 && <Imported result={result} />}
    </section>
  )
}

async function importOne(file: File): Promise<ImportResult> {
  const problem = (why: string): ImportResult => ({
    ...nothingImported,
    files: 1,
    problems: [{ file: file.name, why }],
  })
  try {
    const zipped = await zippedOf(file)
    if (zipped.size > largestFile)
      return problem(`It is larger than ${largestFile / 2 ** 20} MB, also when it is zipped.`)
    return await rpc.audit.importFile.mutate({ name: file.name, base64: await base64Of(zipped) })
  } catch (thrown) {
    return problem(failureOf(thrown).message)
  }
}

/** The file as gzip: CloudTrail's own are, and what somebody has unpacked is sent packed again. */
async function zippedOf(file: File): Promise<Blob> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first === 0x1f && second === 0x8b) return file
  return new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).blob()
}
