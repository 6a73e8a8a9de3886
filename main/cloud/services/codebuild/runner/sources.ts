import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assertNever } from '../../../../base/assertNever.ts'
import { messageOf } from '../../../../base/failure.ts'
import { unzip } from '../../../machine/unzip.ts'
import type { Caller } from '../../../server/operation.ts'
import { type CloneRef, longestCloneRef, readCloneRef } from '../../codecommit/cloneRef.ts'
import type { Repositories } from '../../codecommit/repositories.ts'
import type { LeadsTo } from '../../connections/leadsTo.ts'
import type { Objects } from '../../s3/objects.ts'
import type { BuildInput, BuildRecord } from '../model.ts'
import { PhaseFailure } from './phaseFailure.ts'
import type { Workspace } from './workspace.ts'

/** An input as it was fetched: which version it turned out to be. */
export interface FetchedInput {
  name: string
  version?: string
}

/** Fetches every input as the build's role; the first is the primary one. */
export async function fetchSources(around: {
  record: BuildRecord
  workspace: Workspace
  role: Caller
  objects: Objects
  repositories: Repositories | undefined
  connections: Pick<LeadsTo, 'use'> | undefined
}): Promise<FetchedInput[]> {
  const { record, workspace } = around
  const fetched: FetchedInput[] = []
  for (const [index, input] of record.inputs.entries()) {
    const directory = index === 0 ? workspace.source : workspace.input(safeName(input.name))
    mkdirSync(directory, { recursive: true })
    try {
      const version = await fetchSource(input, directory, around)
      fetched.push({ name: input.name, ...(version === undefined ? {} : { version }) })
    } catch (error) {
      if (error instanceof PhaseFailure) throw error
      // UNCONFIRMED wording; the code is AWS's where a source cannot be read.
      throw new PhaseFailure('CLIENT_ERROR', `${messageOf(error)} for ${index === 0 ? 'primary' : 'secondary'} source`)
    }
  }
  return fetched
}

async function fetchSource(
  input: BuildInput,
  directory: string,
  { record, workspace, role, objects, repositories, connections }: Parameters<typeof fetchSources>[0],
): Promise<string | undefined> {
  switch (input.from) {
    case 's3': {
      const { object, file } = objects.open(role, input.bucket, input.key, input.versionId)
      const ref = object.size <= longestCloneRef ? readCloneRef(readFileSync(file)) : undefined
      if (ref) return await clone(ref, directory, { role, repositories, connections })
      await unzip(file, directory)
      return input.versionId ?? object.versionId
    }
    case 'codecommit': {
      if (!repositories) throw new PhaseFailure('CLIENT_ERROR', 'This cloud has no CodeCommit')
      const { repository, version = 'main' } = input
      const { id } = /^[0-9a-f]{40}$/.test(version)
        ? await repositories.commit(role, record.region, repository, version)
        : await repositories.branchHead(role, record.region, repository, version.replace(/^refs\/heads\//, ''))
      const archive = join(workspace.root, 'source.zip')
      await repositories.archive(role, record.region, repository, id, archive)
      await unzip(archive, directory)
      return id
    }
    case 'unsupported':
      throw new PhaseFailure('CLIENT_ERROR', `The local cloud cannot fetch sources of type ${input.type}`)
    default:
      return assertNever(input, 'input')
  }
}

/** A full clone, as the build's role: it needs codecommit:GitPull, or the connection's UseConnection. */
async function clone(
  { region, repository, commitId, connectionArn }: CloneRef,
  directory: string,
  {
    role,
    repositories,
    connections,
  }: Pick<Parameters<typeof fetchSources>[0], 'role' | 'repositories' | 'connections'>,
): Promise<string> {
  if (!repositories || (connectionArn !== undefined && !connections))
    throw new PhaseFailure('CLIENT_ERROR', 'This cloud has no repositories')
  const behind = connectionArn === undefined ? undefined : connections?.use(role, connectionArn, repository)
  if (behind) await repositories.clone(behind.as, behind.region, behind.repository, commitId, directory)
  else await repositories.clone(role, region, repository, commitId, directory)
  return commitId
}

/** Artifact names make directories and variables: only what CodePipeline lets them be. */
function safeName(name: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(name))
    throw new PhaseFailure('CLIENT_ERROR', `${name} is no name for a secondary source`)
  return name
}
