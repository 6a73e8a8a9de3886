import { createContext, useContext } from 'react'
import type { NodeRef } from './nodeRef.ts'

/** What a node can ask of its graph. Stable over the graph's life, so that no node renders because of it. */
export interface GraphActions {
  select: (node: NodeRef) => void
  /** Shows the node in the inspector, and goes there. */
  open: (node: NodeRef) => void
  toggleFold: (stage: string) => void
}

const context = createContext<GraphActions | undefined>(undefined)

export const GraphActionsProvider = context.Provider

export function useGraphActions(): GraphActions {
  const actions = useContext(context)
  if (!actions) throw new Error('useGraphActions: only nodes of a StageGraph may use it.')
  return actions
}
