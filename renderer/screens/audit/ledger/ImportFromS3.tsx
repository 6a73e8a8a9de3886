import { useEffect, useRef, useState } from 'react'
import type { ImportResult } from '../../../../preload/contract/audit.ts'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import { Button } from '../../../components/Button.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import field from '../../../components/Field.module.css'
import { Select } from '../../../components/Select.tsx'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAccounts } from '../../../stores/accounts.ts'
import css from './dialogs.module.css'
import { Imported } from './Imported.tsx'

/** Reads the files below a prefix of a trail's bucket, with an account's own rights. */
export function ImportFromS3() {
  const accounts = useAccounts(state => state.accounts)
  const [id, setId] = useState(accounts[0]?.id ?? '')
  const [region, setRegion] = useState('')
  const [bucket, setBucket] = useState('')
  const [prefix, setPrefix] = useState('')
  const [reading, setReading] = useState(false)
  const [result, setResult] = useState<ImportResult>()
  const [failure, setFailure] = useState<FailureShape>()
  const stop = useRef(() => {})
  useEffect(() => () => stop.current(), [])
  const account = accounts.find(each => each.id === id)
  const inRegion = account?.regions.find(each => each === region) ?? account?.regions[0]
  if (!account || inRegion === undefined) return <p className="dim">The desk knows no account to read a bucket with.</p>
  const end = (why?: FailureShape) => {
    stop.current()
    setReading(false)
    setFailure(why)
  }
  const begin = () => {
    setReading(true)
    setFailure(undefined)
    const subscription = rpc.audit.importS3.subscribe(
      { account: account.id, region: inRegion, bucket, prefix },
      {
        onData: update => {
          setResult(update.result)
          if (update.kind === 'done') end()
        },
        onError: thrown => end(failureOf(thrown)),
      },
    )
    stop.current = () => subscription.unsubscribe()
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        begin()
      }}
    >
      <div className={css.place}>
        <div className={field.field}>
          <span aria-hidden>Account that reads</span>
          <Select
            name="Account that reads"
            value={account.id}
            options={accounts.map(each => ({ value: each.id, label: each.name }))}
            onChange={setId}
          />
        </div>
        <div className={field.field}>
          <span aria-hidden>The bucket’s region</span>
          <Select
            name="The bucket’s region"
            value={inRegion}
            options={account.regions.map(each => ({ value: each, label: each }))}
            onChange={setRegion}
          />
        </div>
        <label className={field.field}>
          Bucket
          <input
            className={field.input}
            value={bucket}
            required
            minLength={3}
            maxLength={63}
            spellCheck={false}
            onChange={event => setBucket(event.target.value.trim())}
          />
        </label>
        <label className={field.field}>
          Prefix
          <input
            className={field.input}
            value={prefix}
            maxLength={1024}
            spellCheck={false}
            placeholder="AWSLogs/…/CloudTrail/…"
            onChange={event => setPrefix(event.target.value.trim())}
          />
        </label>
        <div className={css.read}>
          {reading ? <Button onClick={() => end()}>Stop</Button> : <Button type="submit">Read the files</Button>}
        </div>
      </div>
      {result && <Imported result={result} />}
      {failure && (
        <div className={css.part}>
          <FailureNotice failure={failure} />
        </div>
      )}
    </form>
  )
}
