import type { ActionDetail } from '../../../../preload/contract/pipelines.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { stateWord } from '../../../components/state.ts'
import { Took } from '../../../components/Took.tsx'
import { When } from '../../../components/When.tsx'
import { shortId } from '../../../format/ids.ts'
import type { Asked } from '../../../rpc/useAsked.ts'
import { go } from '../../../stores/route.ts'
import css from './inspector.module.css'

/** This action's last executions, newest first; one leads to the pipeline execution that it was part of. */
export function History({ asked }: { asked: Asked<ActionDetail[]> }) {
  const { value } = asked
  if (asked.state === 'failed' && !value) return <FailureNotice failure={asked.failure} />
  if (!value) return <EmptyState title="Reading the history…" />
  if (value.length === 0) return <EmptyState title="This action has never run" />
  const longest = Math.max(1, ...value.map(took))
  return (
    <div className={css.body}>
      <section>
        <h2>Its last {value.length} executions</h2>
        <ol className={css.rows}>
          {value.map(detail => (
            <li key={detail.actionExecutionId}>
              <button type="button" onClick={() => go({ screen: 'pipeline', key: detail.key, of: detail.executionId })}>
                <StateGlyph state={detail.state} decorative />
                <span className={css.historyWord}>{stateWord[detail.state]}</span>
                <span className={css.bar} data-state={detail.state}>
                  <i style={{ width: `${(100 * took(detail)) / longest}%` }} />
                </span>
                <Took ms={took(detail)} />
                <span className="mono dim">{shortId(detail.executionId)}</span>
                <When at={detail.startedAt} className="dim" />
              </button>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}

const took = ({ startedAt, updatedAt }: ActionDetail) => Math.max(0, Date.parse(updatedAt) - Date.parse(startedAt))
