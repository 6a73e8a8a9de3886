import type { ListBuildsInput, ListBuildsOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import { buildPage } from './buildPage.ts'
import type { CodeBuild } from './index.ts'

export const listBuilds: Operation<CodeBuild, ListBuildsInput, ListBuildsOutput> = {
  run: ({ builds }, input, call) => buildPage(builds, call, input, undefined),
}
