import type { Authorize } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { type BuildInput, type BuildOutput, buildIdOf } from './model.ts'
import type { ArtifactPlace, PipelineBuildRequest, PipelineBuilds } from './pipelineBuilds.ts'
import { projectArn } from './projectStore.ts'
import { invalidInput } from './refusals.ts'
import { submitBuild } from './submitBuild.ts'
import { submitCommands } from './submitCommands.ts'
import { consoleUrl } from './toBuild.ts'

/** Builds for CodePipeline: source and artifacts are the pipeline's, everything else the project's. */
export function pipelineBuilds(codeBuild: CodeBuild, authorize: Authorize): PipelineBuilds {
  return {
    // Async so that a refusal is a rejection.
    async start({ caller, account, region }, request) {
      authorize(caller, 'codebuild:StartBuild', projectArn(account, region, request.project))
      const record = submitBuild(codeBuild, {
        account,
        region,
        project: request.project,
        initiator: request.initiator,
        inputs: inputsOf(request),
        outputs: request.outputs.map(output => outputOf(output, request.outputs.length > 1)),
        changes: {
          source: { type: 'CODEPIPELINE' },
          variables: request.environment,
          ...(request.sourceVersion === undefined ? {} : { sourceVersion: request.sourceVersion }),
          ...(request.timeoutInMinutes === undefined ? {} : { timeoutInMinutes: request.timeoutInMinutes }),
        },
        // However long ago: asking again after a crash must never build twice.
        token: { value: `pipeline ${request.idempotencyToken}`, since: 0 },
      })
      return { buildId: buildIdOf(record), buildArn: record.arn, consoleUrl: consoleUrl(record) }
    },
    async startCommands({ account, region }, request) {
      const record = submitCommands(codeBuild, account, region, request)
      const { group, stream } = record.logs
      return {
        buildId: buildIdOf(record),
        buildArn: record.arn,
        consoleUrl: consoleUrl(record),
        logStreamArn: `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${stream}`,
      }
    },
    watch: (buildArn, listener) => codeBuild.queue.watch(buildArn, listener),
    stop: buildArn => codeBuild.queue.stop(buildArn),
  }
}

/** The primary input first. */
function inputsOf({ inputs, primarySource }: PipelineBuildRequest): BuildInput[] {
  const primary = primarySource === undefined ? inputs[0] : inputs.find(input => input.name === primarySource)
  if (!primary) throw invalidInput(`No input artifact named ${primarySource ?? ''} for the primary source`)
  return [primary, ...inputs.filter(input => input !== primary)].map(({ name, bucket, key }) => ({
    from: 's3',
    name,
    bucket,
    key,
  }))
}

/** One output is the buildspec's top block; of several, each name is a secondary artifact's identifier. */
const outputOf = ({ name, bucket, key }: ArtifactPlace, several: boolean): BuildOutput => ({
  ...(several ? { identifier: name } : {}),
  bucket,
  key,
  packaging: 'ZIP',
  overrideName: false,
})
