import { createContext, useContext } from 'react'
import { conditionWord } from './describe.ts'
import { idOf, type NodeRef } from './nodeRef.ts'

/** What became of a part of a definition. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved' | 'renamed'

/** By the node's id; where a graph has marks it shows a definition and not how anything stands. */
export type Marks = ReadonlyMap<string, Mark>

export const markSign: Readonly<Record<Mark, string>> = {
  added: '+',
  removed: '−',
  changed: '~',
  moved: '↔',
  renamed: '≈',
}

const context = createContext<Marks | undefined>(undefined)
export const MarksProvider = context.Provider
export const useMarks = (): Marks | undefined => useContext(context)

function words(node: NodeRef): string {
  switch (node.kind) {
    case 'stage':
      return `${node.stage} stage`
    case 'action':
      return `${node.stage} stage, action ${node.action}`
    case 'gate':
      return `Transition into ${node.stage}`
    case 'condition':
      return `${conditionWord[node.condition]} of ${node.stage}`
    case 'fold':
      return `${node.stage} stage, folded actions`
  }
}

/** `Release stage, action Approve, removed`: a definition has no states to tell. */
export function markedLabel(node: NodeRef, marks: Marks): string {
  return `${words(node)}, ${marks.get(idOf(node)) ?? 'unchanged'}`
}

/** Stages that hold a marked action: they are not folded, or the mark would not be seen. */
export const stagesOf = (marks: Marks): string[] => [
  ...new Set([...marks.keys()].flatMap(id => (id.startsWith('action/') ? [id.split('/')[1] ?? ''] : []))),
]
