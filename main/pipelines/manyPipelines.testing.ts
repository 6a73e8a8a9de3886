import type { Answer, Asked } from '../aws/listener.testing.ts'

/** Answers for `count` pipelines at rest, `p-0` and so on, listed in pages of a thousand. */
export function manyPipelines(count: number) {
  const begun = 1_764_000_000
  const executions = new Map<string, number>()
  const newest = (name: string) => executions.get(name) ?? 1
  const id = (name: string, number: number) =>
    `${String(number).padStart(8, '0')}-0000-4000-8000-${name.replace('p-', '').padStart(12, '0')}`
  return {
    /** One more execution, which has succeeded. */
    execute: (name: string) => void executions.set(name, newest(name) + 1),
    newestId: (name: string) => id(name, newest(name)),
    answer({ operation, input }: Asked): Answer {
      const name = String(input.name ?? input.pipelineName)
      switch (operation) {
        case 'ListPipelines': {
          const from = Number(input.nextToken ?? 0)
          const until = Math.min(from + 1000, count)
          const pipelines = Array.from({ length: until - from }, (_, index) => ({
            name: `p-${from + index}`,
            version: 1,
            pipelineType: 'V2',
            executionMode: 'SUPERSEDED',
          }))
          return { body: { pipelines, ...(until < count && { nextToken: String(until) }) } }
        }
        case 'GetPipeline': {
          const roleArn = 'arn:aws:iam::111111111111:role/Pipeline'
          return { body: { pipeline: { name, version: 1, roleArn, stages: [{ name: 'Source', actions: [] }] } } }
        }
        case 'GetPipelineState': {
          const latestExecution = { pipelineExecutionId: id(name, newest(name)), status: 'Succeeded' }
          return { body: { pipelineVersion: 1, stageStates: [{ stageName: 'Source', latestExecution }] } }
        }
        case 'ListPipelineExecutions': {
          const pipelineExecutionSummaries = Array.from(
            { length: Math.min(newest(name), Number(input.maxResults ?? 100)) },
            (_, index) => ({
              pipelineExecutionId: id(name, newest(name) - index),
              status: 'Succeeded',
              startTime: begun + newest(name) - index,
              lastUpdateTime: begun + newest(name) - index + 60,
            }),
          )
          return { body: { pipelineExecutionSummaries } }
        }
        default:
          return { body: {} }
      }
    },
  }
}
