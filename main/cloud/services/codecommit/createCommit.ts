import type { CreateCommitInput, CreateCommitOutput, PutFileEntry } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { commitOnto } from './committing.ts'
import { noSuchFile, required } from './errors.ts'
import { fileMode, gitMode } from './fileModes.ts'
import { resources } from './finding.ts'
import { treePath } from './names.ts'
import type { Repository } from './store.ts'
import type { FileChange } from './writing.ts'

export const createCommit: Operation<CodeCommit, CreateCommitInput, CreateCommitOutput> = {
  resources,
  async run(codeCommit, input, call) {
    const { putFiles = [], deleteFiles = [], setFileModes = [] } = input
    const touched = [...putFiles, ...deleteFiles, ...setFileModes].map(({ filePath }) => pathOf(filePath))
    if (touched.length === 0) throw new AwsError('FileEntryRequiredException', 'At least one file is required')
    if (touched.length > 100)
      throw new AwsError('MaximumFileEntriesExceededException', 'The maximum number of files is 100')
    if (new Set(touched).size < touched.length) {
      throw new AwsError('DuplicatedFileEntryException', 'The same file is named more than once')
    }
    const changesOn = async (repository: Repository, parent: string | undefined): Promise<FileChange[]> => {
      const existing = async (given: string | undefined) => {
        const path = pathOf(given)
        const entry = parent === undefined ? undefined : await codeCommit.reading.entry(repository, parent, path)
        if (entry?.type !== 'blob') throw noSuchFile(path)
        return entry
      }
      const changes: FileChange[] = putFiles.map(toPut)
      for (const { filePath } of deleteFiles) changes.push({ kind: 'delete', path: (await existing(filePath)).path })
      for (const { filePath, fileMode: mode } of setFileModes) {
        const { id, path } = await existing(filePath)
        changes.push({ kind: 'mode', path, id, mode: gitMode(mode) })
      }
      return changes
    }
    const { commitId, treeId, changes, blobs } = await commitOnto(codeCommit, input, call, changesOn)
    const put = changes.filter(change => change.kind === 'put')
    return {
      commitId,
      treeId,
      filesAdded: put.map(({ path, mode }, index) => ({
        absolutePath: path,
        fileMode: fileMode(mode),
        ...(blobs[index] !== undefined && { blobId: blobs[index] }),
      })),
      filesUpdated: changes.flatMap(change =>
        change.kind === 'mode'
          ? [{ absolutePath: change.path, blobId: change.id, fileMode: fileMode(change.mode) }]
          : [],
      ),
      filesDeleted: changes.flatMap(change => (change.kind === 'delete' ? [{ absolutePath: change.path }] : [])),
    }
  },
}

const pathOf = (path: string | undefined) => treePath(required(path, 'PathRequiredException'))

function toPut({ filePath, fileContent, fileMode: mode, sourceFile }: PutFileEntry): FileChange {
  if (sourceFile) throw new AwsError('InvalidParameterException', 'sourceFile is not supported: send the file content')
  if (!fileContent) throw new AwsError('FileContentRequiredException', 'The file content is required')
  return { kind: 'put', path: pathOf(filePath), mode: gitMode(mode), content: fileContent }
}
