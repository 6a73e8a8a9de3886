import { count } from '../format/ids.ts'
import { useConnection } from '../stores/connection.ts'
import { useFleetView } from '../stores/fleetView.ts'
import { inFlight, useOperations } from '../stores/operations.ts'
import { useStatus } from '../stores/status.ts'
import { showHelp } from './overlay.ts'
import css from './StatusLine.module.css'

const connectionWord = { connecting: 'connecting…', open: 'live', lost: 'not connected' }

/** What the desk did a moment ago, what is marked, and whether what is shown is live. */
export function StatusLine() {
  const { text, at } = useStatus()
  const marked = useFleetView(state => state.marked.size)
  const writes = useOperations(inFlight)
  const connection = useConnection(({ state }) => state)
  return (
    <footer className={css.line}>
      {/* A key of its own for each sentence, so that the same sentence twice is read out twice. */}
      <output className={css.text}>
        <span key={at}>{text}</span>
      </output>
      {writes > 0 && <span>{count(writes, 'write')} not answered yet</span>}
      {marked > 0 && <span>{marked} marked</span>}
      <span data-connection={connection}>{connectionWord[connection]}</span>
      <button type="button" className={css.help} onClick={showHelp}>
        Keys <kbd>?</kbd>
      </button>
    </footer>
  )
}
