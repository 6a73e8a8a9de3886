import type { Clock } from '../../../base/clock.ts'
import type { BuildStore } from './buildStore.ts'
import type { Builds } from './builds.ts'
import type { BuildRecord } from './model.ts'
import type { CommandsRequest } from './pipelineBuilds.ts'
import type { ProjectBody } from './projectBody.ts'
import { recordOf } from './submitBuild.ts'

/** UNCONFIRMED: what the build ids of commands begin with. */
const projectName = 'codepipeline-commands'
/** Fixed (fact sheet, section 3.2). */
const timeoutInMinutes = 55

/** Starts commands of a pipeline, or finds those that this token started already. */
export function submitCommands(
  around: { builds: BuildStore; queue: Builds; clock: Clock },
  account: string,
  region: string,
  request: CommandsRequest,
): BuildRecord {
  const token = `pipeline ${request.idempotencyToken}`
  const known = around.builds.byToken(account, region, projectName, token, 0)
  if (known) return known
  const serviceRole = request.actionRole ?? request.pipelineRole
  const project: ProjectBody = {
    name: projectName,
    source: { type: 'CODEPIPELINE', buildspec: buildspecOf(request) },
    artifacts: { type: 'CODEPIPELINE' },
    environment: {
      type: 'LINUX_CONTAINER',
      // Fact sheet, section 3.4.
      image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
      computeType: 'BUILD_GENERAL1_SMALL',
      environmentVariables: [...request.environment],
    },
    serviceRole,
    timeoutInMinutes,
    logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: request.logGroup } },
  }
  const asked = {
    account,
    region,
    project: projectName,
    initiator: request.initiator,
    inputs: request.inputs.map(({ name, bucket, key }) => ({ from: 's3' as const, name, bucket, key })),
    outputs: request.outputs.map(({ bucket, key }) => ({
      bucket,
      key,
      packaging: 'ZIP' as const,
      overrideName: false,
    })),
    changes: request.sourceVersion === undefined ? {} : { sourceVersion: request.sourceVersion },
  }
  const made = recordOf(asked, project, { serviceRole, number: 1, now: around.clock.now() })
  const environment = { ...made.environment, computeType: request.computeType }
  const record = { ...made, environment, pipelineRole: request.pipelineRole }
  around.queue.submit(record, token)
  return record
}

/** The commands as a buildspec; JSON is YAML, and over several lines no file's name. */
function buildspecOf({ commands, exportedVariables, outputs }: CommandsRequest): string {
  const files = outputs.flatMap(output => output.files)
  const buildspec = {
    version: 0.2,
    ...(exportedVariables.length > 0 && { env: { 'exported-variables': exportedVariables } }),
    phases: { build: { commands } },
    ...(outputs.length > 0 && { artifacts: { files } }),
  }
  return JSON.stringify(buildspec, null, 2)
}
