import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const electron = resolve(import.meta.dirname, '../node_modules/electron')

/** Electron's program, where it has been fetched. */
export function electronBinary(): string | undefined {
  const pathFile = join(electron, 'path.txt')
  const binary = existsSync(pathFile) ? join(electron, 'dist', readFileSync(pathFile, 'utf8')) : undefined
  return binary && existsSync(binary) ? binary : undefined
}
