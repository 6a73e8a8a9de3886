import type { StageView } from '../../preload/contract/pipelines.ts'

export type ConditionKind = StageView['conditions'][number]['kind']

/** Anything of a pipeline that can be drawn, walked to and selected. A gate is the transition *into* its stage. */
export type NodeRef =
  | { kind: 'stage'; stage: string }
  | { kind: 'action'; stage: string; action: string }
  | { kind: 'gate'; stage: string }
  | { kind: 'condition'; stage: string; condition: ConditionKind }
  | { kind: 'fold'; stage: string; runOrder: number }

/** Stage and action names never hold a slash (AWS's StageName, ActionName), so it can part them. */
export function idOf(ref: NodeRef): string {
  switch (ref.kind) {
    case 'stage':
    case 'gate':
      return `${ref.kind}/${ref.stage}`
    case 'action':
      return `action/${ref.stage}/${ref.action}`
    case 'condition':
      return `condition/${ref.stage}/${ref.condition}`
    case 'fold':
      return `fold/${ref.stage}/${ref.runOrder}`
  }
}

export const sameRef = (a: NodeRef | undefined, b: NodeRef | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && idOf(a) === idOf(b))
