import type { FileModeTypeEnum } from '@aws-sdk/client-codecommit'
import { AwsError } from '../../server/awsError.ts'

const modes = { NORMAL: '100644', EXECUTABLE: '100755', SYMLINK: '120000' } as const

/** CodeCommit's word for a mode of git. */
export function fileMode(mode: string): FileModeTypeEnum {
  if (mode === modes.EXECUTABLE) return 'EXECUTABLE'
  return mode === modes.SYMLINK ? 'SYMLINK' : 'NORMAL'
}

/** Git's mode for CodeCommit's word. Throws InvalidFileModeException. */
export function gitMode(mode: string | undefined): string {
  switch (mode) {
    case undefined:
    case 'NORMAL':
      return modes.NORMAL
    case 'EXECUTABLE':
      return modes.EXECUTABLE
    case 'SYMLINK':
      return modes.SYMLINK
    default:
      throw new AwsError('InvalidFileModeException', `The file mode ${mode} is not valid`)
  }
}
