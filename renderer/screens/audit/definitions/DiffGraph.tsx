import { Maximize } from 'lucide-react'
import { useRef, useState } from 'react'
import { IconButton } from '../../../components/Button.tsx'
import type { GraphModel } from '../../../graph/graphModel.ts'
import { type Mark, type Marks, markSign } from '../../../graph/marks.ts'
import type { NodeRef } from '../../../graph/nodeRef.ts'
import { type GraphControls, StageGraph } from '../../../graph/StageGraph.tsx'
import css from './definitions.module.css'

const shown: readonly Mark[] = ['added', 'removed', 'changed', 'moved', 'renamed']
const ignore = () => {}

/** Both versions drawn as one, with what became of each part. */
export function DiffGraph({ model, marks, name }: { model: GraphModel; marks: Marks; name: string }) {
  const [selected, select] = useState<NodeRef>()
  const graph = useRef<GraphControls>(null)
  return (
    <figure className={css.graph} aria-label={name}>
      <div className={css.canvas}>
        <StageGraph
          ref={graph}
          model={model}
          marks={marks}
          name={name}
          selected={selected}
          onSelect={select}
          onOpen={ignore}
          follow={false}
          onHand={ignore}
        />
      </div>
      <figcaption className={css.legend}>
        {shown.map(mark => (
          <span key={mark} data-mark={mark}>
            <b>{markSign[mark]}</b> {mark}
          </span>
        ))}
        <IconButton label="Fit the graph" onClick={() => graph.current?.fit()}>
          <Maximize size={14} aria-hidden />
        </IconButton>
      </figcaption>
    </figure>
  )
}
