import type {
  BatchGetBuildsInput,
  BatchGetBuildsOutput,
  StartBuildInput,
  StartBuildOutput,
  StopBuildInput,
  StopBuildOutput,
} from '@aws-sdk/client-codebuild'
import type { GetBranchInput, GetBranchOutput, GetCommitInput, GetCommitOutput } from '@aws-sdk/client-codecommit'
import type { Caller } from './operation.ts'

/** Operations that one service of the cloud calls of another, keyed by IAM action. Add a line where a new one is needed. */
export interface Invocable {
  'codebuild:StartBuild': [StartBuildInput, StartBuildOutput]
  'codebuild:BatchGetBuilds': [BatchGetBuildsInput, BatchGetBuildsOutput]
  'codebuild:StopBuild': [StopBuildInput, StopBuildOutput]
  'codecommit:GetBranch': [GetBranchInput, GetBranchOutput]
  'codecommit:GetCommit': [GetCommitInput, GetCommitOutput]
}

/** Calls an operation in-process: the same authorization and record as over the wire, without the bytes. */
export type Invoke = <K extends keyof Invocable>(
  action: K,
  input: Invocable[K][0],
  as: { caller: Caller; account: string; region: string },
) => Promise<Invocable[K][1]>
