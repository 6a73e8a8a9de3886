import type { Millis } from '../../../base/clock.ts'
import type { CloudEvent } from '../../events.ts'
import { type BuildRecord, currentPhase, type PhaseRecord } from './model.ts'
import { toLogs } from './toBuild.ts'

/** EventBridge's "CodeBuild Build State Change" (CodeBuild user guide, build notifications). */
export function stateChange(record: BuildRecord, at: Millis): CloudEvent {
  return event(record, at, 'CodeBuild Build State Change', {
    'build-status': record.status,
    'current-phase': currentPhase(record),
    'current-phase-context': contextText(record.phases.at(-1)),
  })
}

/** EventBridge's "CodeBuild Build Phase Change", once a phase has ended. */
export function phaseChange(record: BuildRecord, phase: PhaseRecord, at: Millis): CloudEvent {
  const ended = phase.endedAt ?? at
  return event(record, at, 'CodeBuild Build Phase Change', {
    'completed-phase': phase.type,
    'completed-phase-status': phase.status ?? 'SUCCEEDED',
    'completed-phase-duration-seconds': Math.floor((ended - phase.startedAt) / 1000),
    'completed-phase-start': longDate(phase.startedAt),
    'completed-phase-end': longDate(ended),
    'completed-phase-context': contextText(phase),
  })
}

function event(record: BuildRecord, at: Millis, type: string, detail: Record<string, unknown>): CloudEvent {
  const { groupName, streamName, deepLink } = toLogs(record)
  const { type: kind, image, computeType, privilegedMode } = record.environment
  return {
    source: 'aws.codebuild',
    'detail-type': type,
    account: record.account,
    region: record.region,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    resources: [record.arn],
    detail: {
      ...detail,
      'project-name': record.project,
      'build-id': record.arn,
      'additional-information': {
        'build-complete': record.endedAt !== undefined,
        'build-number': record.number,
        'build-start-time': longDate(record.startedAt),
        initiator: record.initiator,
        'timeout-in-minutes': record.timeoutInMinutes,
        // Values of variables stay out: an event goes to whoever listens.
        environment: { type: kind, image, 'compute-type': computeType, 'privileged-mode': privilegedMode },
        source: { type: record.sourceType, ...(record.sourceLocation ? { location: record.sourceLocation } : {}) },
        logs: { 'group-name': groupName, 'stream-name': streamName, 'deep-link': deepLink },
        phases: record.phases.map(phase => ({
          'phase-type': phase.type,
          'start-time': longDate(phase.startedAt),
          ...(phase.status === undefined ? {} : { 'phase-status': phase.status }),
          ...(phase.endedAt === undefined
            ? {}
            : {
                'end-time': longDate(phase.endedAt),
                'duration-in-seconds': Math.floor((phase.endedAt - phase.startedAt) / 1000),
                'phase-context': [contextText(phase)],
              }),
        })),
      },
      version: '1',
    },
  }
}

/** `[]`, or `[COMMAND_EXECUTION_ERROR: Error while …]`: the samples in the user guide have a text here, no list. */
function contextText(phase: PhaseRecord | undefined): string {
  const contexts = phase?.contexts ?? []
  return `[${contexts.map(context => `${context.statusCode}: ${context.message}`).join(', ')}]`
}

/** `Sep 1, 2017 4:12:29 PM`, UTC. */
function longDate(at: Millis): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${part['month']} ${part['day']}, ${part['year']} ${part['hour']}:${part['minute']}:${part['second']} ${part['dayPeriod']}`
}
