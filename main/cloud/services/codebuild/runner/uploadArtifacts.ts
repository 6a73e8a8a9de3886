import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join, posix } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { messageOf } from '../../../../base/failure.ts'
import type { Caller } from '../../../server/operation.ts'
import type { Objects } from '../../s3/objects.ts'
import type { ArtifactSpec, Buildspec } from '../buildspec/model.ts'
import type { BuildOutput, BuildRecord } from '../model.ts'
import { type SelectedFile, selectFiles } from './fileSelection.ts'
import { PhaseFailure } from './phaseFailure.ts'
import type { Workspace } from './workspace.ts'
import { zipFiles } from './zipFiles.ts'

/** Collects what the buildspec selects for each of the build's outputs, and puts it to S3 as the build's role. */
export async function uploadArtifacts(around: {
  record: BuildRecord
  buildspec: Buildspec
  workspace: Workspace
  role: Caller
  objects: Objects
  /** Artifact names with every variable and command in them replaced. */
  nameOf: (spec: ArtifactSpec) => string | undefined
  say: (text: string) => void
}): Promise<BuildOutput[]> {
  const uploaded: BuildOutput[] = []
  for (const [index, output] of around.record.outputs.entries()) {
    const spec = specFor(output, around.buildspec)
    if (!spec) {
      // A buildspec without artifacts makes none. Only where one is named does its absence fail the build.
      if (output.identifier === undefined) continue
      throw new PhaseFailure('CLIENT_ERROR', `no definition for secondary artifact ${output.identifier} in buildspec`)
    }
    const files = select(spec, around)
    const placed = { ...output, key: keyOf(output, spec, around) }
    const archive = join(around.workspace.root, `artifact-${index}.zip`)
    if (output.packaging === 'ZIP') await zipFiles(files, archive)
    try {
      uploaded.push(await put(placed, files, archive, around))
    } catch (error) {
      // UNCONFIRMED wording; the code is AWS's where an artifact cannot be written.
      throw new PhaseFailure('CLIENT_ERROR', `Error in UPLOAD_ARTIFACTS phase: ${messageOf(error)}`)
    }
  }
  return uploaded
}

type Around = Parameters<typeof uploadArtifacts>[0]

/** The primary artifact is the block at the top; with several outputs their names are secondary artifacts' identifiers. */
function specFor({ identifier }: BuildOutput, { artifacts, secondaryArtifacts }: Buildspec): ArtifactSpec | undefined {
  if (identifier === undefined) return artifacts
  return Object.hasOwn(secondaryArtifacts, identifier) ? secondaryArtifacts[identifier] : undefined
}

function select(spec: ArtifactSpec, { workspace, say }: Around): SelectedFile[] {
  say(`Expanding base directory path: ${spec.baseDirectory ?? '.'}`)
  say('Assembling file list')
  say(`Expanding file paths for base directory ${spec.baseDirectory ?? '.'}`)
  for (const pattern of spec.files) say(`Expanding ${pattern}`)
  if (spec.enableSymlinks) say('enable-symlinks: the local cloud stores what a link points to')
  const files = selectFiles(workspace, spec)
  if (files.length === 0) throw new PhaseFailure('CLIENT_ERROR', 'no matching artifact paths found')
  say(`Found ${files.length} file(s)`)
  return files
}

function keyOf(output: BuildOutput, spec: ArtifactSpec, { nameOf }: Around): string {
  const name = output.overrideName ? nameOf(spec) : undefined
  const parts = [spec.s3Prefix ?? '', name === undefined ? output.key : posix.join(posix.dirname(output.key), name)]
  return posix.join(...parts.filter(part => part !== ''))
}

async function put(
  output: BuildOutput,
  files: readonly SelectedFile[],
  archive: string,
  { role, objects, record }: Around,
): Promise<BuildOutput> {
  if (output.packaging === 'NONE') {
    for (const file of files)
      await objects.put(role, output.bucket, posix.join(output.key, file.name), { file: file.path })
    return output
  }
  const hash = createHash('sha256')
  await pipeline(createReadStream(archive), hash)
  const sha256 = hash.digest('hex')
  const metadata = { 'codebuild-content-sha256': sha256, 'codebuild-buildarn': record.arn }
  await objects.put(role, output.bucket, output.key, { file: archive }, { contentType: 'application/zip', metadata })
  return { ...output, sha256 }
}
