import type { GetFolderInput, GetFolderOutput } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import type { CodeCommit } from './codeCommit.ts'
import { fileMode } from './fileModes.ts'
import { findRepository, resources } from './finding.ts'
import { treePath } from './names.ts'

export const getFolder: Operation<CodeCommit, GetFolderInput, GetFolderOutput> = {
  resources,
  async run({ store, reading }, input, call) {
    const repository = findRepository(store, input.repositoryName, call)
    const folderPath = treePath(input.folderPath ?? '')
    const commitId = await reading.resolve(repository, input.commitSpecifier ?? 'HEAD')
    const folder = await reading.folder(repository, commitId, folderPath)
    if (!folder) {
      throw new AwsError('FolderDoesNotExistException', `Could not find path ${folderPath} in the commit specified`)
    }
    const named = folder.entries.map(({ mode, type, id, path }) => {
      const names = { absolutePath: folderPath === '' ? path : `${folderPath}/${path}`, relativePath: path }
      return { mode, type, id, names }
    })
    const isLink = (mode: string) => mode === '120000'
    return {
      commitId,
      folderPath,
      treeId: folder.treeId,
      subFolders: named.filter(({ type }) => type === 'tree').map(({ id, names }) => ({ treeId: id, ...names })),
      files: named
        .filter(({ type, mode }) => type === 'blob' && !isLink(mode))
        .map(({ id, mode, names }) => ({ blobId: id, fileMode: fileMode(mode), ...names })),
      symbolicLinks: named
        .filter(({ mode }) => isLink(mode))
        .map(({ id, mode, names }) => ({ blobId: id, fileMode: fileMode(mode), ...names })),
      subModules: named.filter(({ type }) => type === 'commit').map(({ id, names }) => ({ commitId: id, ...names })),
    }
  },
}
