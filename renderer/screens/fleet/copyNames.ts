import { copyText } from '../../components/CopyButton.tsx'
import { count } from '../../format/ids.ts'
import { useFleet } from '../../stores/fleet.ts'
import { useFleetView } from '../../stores/fleetView.ts'

/** Copies the marked pipelines' names, a line each; without marks, that of the row that is chosen. */
export function copyNames() {
  const { marked, cursor } = useFleetView.getState()
  const { rows } = useFleet.getState()
  const ids = marked.size > 0 ? [...marked] : cursor === undefined ? [] : [cursor]
  const names = ids.flatMap(id => rows.get(id)?.key.name ?? [])
  void copyText(names.join('\n'), count(names.length, 'name'))
}
