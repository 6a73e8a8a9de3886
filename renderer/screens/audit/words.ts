import {
  Bell,
  BellOff,
  Bot,
  CircleHelp,
  FileDiff,
  Fingerprint,
  GitBranch,
  Hammer,
  KeyRound,
  type LucideIcon,
  Play,
  Plug,
  Stamp,
  TrafficCone,
  Unlink,
  User,
} from 'lucide-react'
import type { EntryKind, EvidenceSource, Gap, RegionCoverage, Who } from '../../../preload/contract/audit.ts'
import type { Finding } from '../../../preload/contract/auditReview.ts'
import type { AlarmKind } from '../../../preload/contract/definitionChange.ts'

export interface Sign {
  icon: LucideIcon
  word: string
}

/** What an entry is about: its glyph, and its word in lists and filters. */
export const kindSign: Readonly<Record<EntryKind, Sign>> = {
  definition: { icon: FileDiff, word: 'Definition' },
  execution: { icon: Play, word: 'Execution' },
  approval: { icon: Stamp, word: 'Approval' },
  transition: { icon: TrafficCone, word: 'Transition' },
  role: { icon: KeyRound, word: 'Role' },
  project: { icon: Hammer, word: 'Build project' },
  connection: { icon: GitBranch, word: 'Connection' },
  integration: { icon: Plug, word: 'Integration' },
  alarm: { icon: Bell, word: 'Alarm' },
  signOff: { icon: BellOff, word: 'Sign-off' },
  gap: { icon: Unlink, word: 'Gap' },
}

/** Who it was: a person, something that works by itself, or nobody that the evidence names. */
export const whoSign: Readonly<Record<Who['kind'], Sign>> = {
  person: { icon: User, word: 'Person' },
  automation: { icon: Bot, word: 'Automation' },
  unknown: { icon: CircleHelp, word: 'Not known' },
}

export const sourceWord: Readonly<Record<EvidenceSource, string>> = {
  cloudTrail: 'CloudTrail',
  file: 'CloudTrail file',
  push: 'EventBridge',
  codePipeline: 'CodePipeline',
  desk: 'this desk',
}

export const alarmWord: Readonly<Record<AlarmKind, string>> = {
  approvalRemoved: 'Approval removed',
  approvalRenamed: 'Approval renamed',
  conditionDropped: 'Condition dropped',
  roleChanged: 'Role changed',
  roleWidened: 'Role widened',
  sourceChanged: 'Source changed',
  branchChanged: 'Branch changed',
  encryptionKeyRemoved: 'Encryption key removed',
  pollingOn: 'Polling switched on',
}

export const findingSign: Readonly<Record<Finding['kind'], Sign>> = {
  approverCommitted: { icon: User, word: 'Approved own commit' },
  approverEdited: { icon: FileDiff, word: 'Approved under own definition' },
  onePersonAll: { icon: Fingerprint, word: 'One person did all' },
  tooFast: { icon: Stamp, word: 'Faster than reading' },
  byAutomation: { icon: Bot, word: 'Approved by automation' },
}

export const gapWord: Readonly<Record<Gap['why'], string>> = {
  retention: 'Older than CloudTrail keeps',
  denied: 'Not allowed to read',
  truncated: 'More than could be read',
}

export const coverageWord: Readonly<Record<RegionCoverage['state'], string>> = {
  reading: 'Reading',
  waiting: 'Up to date',
  denied: 'Denied',
  failed: 'Failed',
  noSession: 'Not signed in',
}

/** Words that were told within a sentence, as one of their own. */
export const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
