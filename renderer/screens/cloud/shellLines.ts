/** A word that a POSIX shell takes as it stands. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** What makes the AWS CLI and SDKs use the local cloud. */
export const exportLines = (files: { configFile: string; credentialsFile: string }): string[] => [
  `export AWS_CONFIG_FILE=${shellWord(files.configFile)}`,
  `export AWS_SHARED_CREDENTIALS_FILE=${shellWord(files.credentialsFile)}`,
]

/** Clones with the account's git credentials, and lets later pushes find them too; without a file git will ask. */
export function cloneLine(gitCredentialsFile: string, cloneUrl: string): string {
  const helper = `credential.helper=store --file ${shellWord(gitCredentialsFile)}`
  return ['git clone', gitCredentialsFile === '' ? '' : `-c ${shellWord(helper)}`, shellWord(cloneUrl)]
    .filter(Boolean)
    .join(' ')
}
