import type { ActionDetail, ActionView } from '../../../../preload/contract/pipelines.ts'
import css from './inspector.module.css'

/** Why an action failed: the tests that failed, then what the provider said. */
export function Cause({ action, detail }: { action: ActionView; detail: ActionDetail | undefined }) {
  const tests = detail?.tests ?? action.tests
  const error = detail?.error ?? action.error
  const said = error?.message ?? detail?.externalSummary ?? action.summary
  if (!tests?.failed && said === undefined) return null
  return (
    <section>
      <h2>Cause</h2>
      {tests !== undefined && tests.failed > 0 && (
        <>
          <p>
            {tests.failed} of {tests.total} tests failed
          </p>
          <ul className={css.tests}>
            {tests.failures.map(failure => (
              <li key={failure.name} data-state="failed">
                <b>{failure.name}</b>
                {failure.message !== undefined && <Message text={failure.message} />}
              </li>
            ))}
          </ul>
        </>
      )}
      {said !== undefined && (
        <p className={css.said}>
          {error && <b>{error.code} </b>}
          {said}
        </p>
      )}
    </section>
  )
}

const firstLines = 4

/** What a test said: its first lines, and the rest for whoever asks. */
function Message({ text }: { text: string }) {
  const lines = text.trimEnd().split('\n')
  const rest = lines.slice(firstLines)
  return (
    <div className={css.message}>
      {lines.slice(0, firstLines).join('\n')}
      {rest.length > 0 && (
        <details>
          <summary>{rest.length} more lines</summary>
          {rest.join('\n')}
        </details>
      )}
    </div>
  )
}
