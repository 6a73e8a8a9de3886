import type { ListPipelinesInput, ListPipelinesOutput, PipelineSummary } from '@aws-sdk/client-codepipeline'
import { z } from 'zod'
import type { Operation } from '../../server/operation.ts'
import { checked, nextToken, pageSize, structure } from './constraints.ts'
import { anyResource, type CodePipeline } from './lends.ts'
import { present } from './present.ts'

const most = 1_000
const Input = structure({ nextToken: nextToken(), maxResults: pageSize(most) })
const position = z.object({ name: z.string() })

/** The account's pipelines in this region, by name. */
export const listPipelines: Operation<CodePipeline, ListPipelinesInput, ListPipelinesOutput> = {
  resources: anyResource,
  run({ definitions, pageTokens }, input, call) {
    const { nextToken, maxResults = most } = checked(Input, input)
    const scope = { operation: 'ListPipelines', account: call.account, region: call.region }
    const from = nextToken === undefined ? undefined : pageTokens.open(scope, nextToken, position).name
    const found = definitions.list(call.account, call.region, maxResults + 1, from)
    const page = found.slice(0, maxResults)
    const last = page.at(-1)
    return {
      pipelines: page.map(({ pipeline, version, declaration, created, updated }) =>
        present<PipelineSummary>({
          name: pipeline.name,
          version,
          pipelineType: declaration.pipelineType,
          executionMode: declaration.executionMode,
          created: new Date(created),
          updated: new Date(updated),
        }),
      ),
      ...(found.length > maxResults && last && { nextToken: pageTokens.seal(scope, { name: last.pipeline.name }) }),
    }
  },
}
