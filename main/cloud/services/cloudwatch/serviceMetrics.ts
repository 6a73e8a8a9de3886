import { z } from 'zod'
import type { CloudEvent } from '../../events.ts'
import type { MetricName } from './metricStore.ts'
import type { Datum } from './statistics.ts'

type Entry = { metric: MetricName; datum: Datum }

const pipelineDetail = z.object({ pipeline: z.string(), state: z.string(), 'start-time': z.string() })
const buildDetail = z.object({
  'build-status': z.string(),
  'project-name': z.string(),
  'additional-information': z.object({
    phases: z.array(z.object({ 'phase-type': z.string(), 'duration-in-seconds': z.number().optional() })).default([]),
  }),
})

/** Which pipeline is of type V2: only these have metrics. */
export type IsV2 = (pipeline: { account: string; region: string; name: string }) => boolean

/** What AWS/CodePipeline and AWS/CodeBuild measure of an event (fact sheet, section 9). Pure, but for `isV2`. */
export function measured(event: CloudEvent, isV2: IsV2): Entry[] {
  switch (event['detail-type']) {
    case 'CodePipeline Pipeline Execution State Change':
      return ofPipeline(event, isV2)
    case 'CodeBuild Build State Change':
      return ofBuild(event)
    default:
      return []
  }
}

function ofPipeline(event: CloudEvent, isV2: IsV2): Entry[] {
  const read = pipelineDetail.safeParse(event.detail)
  if (!read.success) return []
  const { pipeline: name, state, 'start-time': started } = read.data
  // UNCONFIRMED which ends have a duration; those that ran to one of their own accord do here.
  if ((state !== 'SUCCEEDED' && state !== 'FAILED') || !isV2({ ...event, name })) return []
  const at = Date.parse(event.time)
  const seconds = Math.max(0, (at - Date.parse(started)) / 1_000)
  const of = metrics(event, 'AWS/CodePipeline', at, [{ name: 'PipelineName', value: name }])
  const duration = of('PipelineDuration', seconds, 'Seconds', 'named')
  return state === 'FAILED' ? [...duration, ...of('FailedPipelineExecutions', 1, 'Count', 'both')] : duration
}

/** Names of the metrics of a build's phases. */
const durations: Readonly<Record<string, string>> = {
  SUBMITTED: 'SubmittedDuration',
  QUEUED: 'QueuedDuration',
  PROVISIONING: 'ProvisioningDuration',
  DOWNLOAD_SOURCE: 'DownloadSourceDuration',
  INSTALL: 'InstallDuration',
  PRE_BUILD: 'PreBuildDuration',
  BUILD: 'BuildDuration',
  POST_BUILD: 'PostBuildDuration',
  UPLOAD_ARTIFACTS: 'UploadArtifactsDuration',
  FINALIZING: 'FinalizingDuration',
}

function ofBuild(event: CloudEvent): Entry[] {
  const read = buildDetail.safeParse(event.detail)
  if (!read.success || read.data['build-status'] === 'IN_PROGRESS') return []
  const { 'build-status': status, 'project-name': project, 'additional-information': about } = read.data
  const of = metrics(event, 'AWS/CodeBuild', Date.parse(event.time), [{ name: 'ProjectName', value: project }])
  const phases = about.phases.flatMap(({ 'phase-type': type, 'duration-in-seconds': seconds }) => {
    const name = durations[type]
    return name !== undefined && seconds !== undefined ? [{ name, seconds }] : []
  })
  const total = phases.reduce((sum, { seconds }) => sum + seconds, 0)
  return [
    ...of('Builds', 1, 'Count', 'both'),
    ...of(status === 'SUCCEEDED' ? 'SucceededBuilds' : 'FailedBuilds', 1, 'Count', 'both'),
    ...of('Duration', total, 'Seconds', 'both'),
    ...phases.flatMap(({ name, seconds }) => of(name, seconds, 'Seconds', 'both')),
  ]
}

/** Entries of one metric: under its name, or also for the whole account. */
function metrics(
  { account, region }: { account: string; region: string },
  namespace: string,
  at: number,
  dimensions: MetricName['dimensions'],
) {
  return (name: string, value: number, unit: string, where: 'named' | 'both'): Entry[] =>
    (where === 'both' ? [dimensions, []] : [dimensions]).map(of => ({
      metric: { account, region, namespace, name, dimensions: of },
      datum: single(at, value, unit),
    }))
}

export const single = (at: number, value: number, unit: string): Datum => ({
  at,
  unit,
  count: 1,
  sum: value,
  least: value,
  most: value,
  samples: [[value, 1]],
})
