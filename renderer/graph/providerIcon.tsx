import {
  Box,
  CloudUpload,
  FlaskConical,
  GitBranch,
  Hammer,
  type LucideIcon,
  Package,
  Rocket,
  Terminal,
  UserCheck,
  Zap,
} from 'lucide-react'
import type { ActionDefinition } from '../../preload/contract/pipelines.ts'

const byProvider: Readonly<Record<string, LucideIcon>> = {
  CodeCommit: GitBranch,
  CodeStarSourceConnection: GitBranch,
  ECR: Package,
  Commands: Terminal,
  Lambda: Zap,
}
const byCategory: Readonly<Record<string, LucideIcon>> = {
  Source: Package,
  Build: Hammer,
  Test: FlaskConical,
  Approval: UserCheck,
  Deploy: CloudUpload,
  Invoke: Zap,
  Compute: Terminal,
}

/** What kind of work an action is. Says nothing that its provider's name does not. */
export function ProviderIcon({ definition }: { definition: ActionDefinition | undefined }) {
  const deploys = definition?.provider.startsWith('CodeDeploy') || definition?.provider.startsWith('CloudFormation')
  const Icon =
    byProvider[definition?.provider ?? ''] ?? (deploys ? Rocket : byCategory[definition?.category ?? '']) ?? Box
  return <Icon aria-hidden />
}

/** The provider as people call it: AWS names the manual approval only "Manual". */
export function providerName(definition: ActionDefinition | undefined): string {
  if (!definition) return ''
  if (definition.category === 'Approval') return 'Manual approval'
  return definition.provider
}
