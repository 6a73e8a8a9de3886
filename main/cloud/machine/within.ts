import { isAbsolute, relative, resolve } from 'node:path'

/** Whether `path` is `directory` or below it; both absolute. */
export function within(directory: string, path: string): boolean {
  const between = relative(resolve(directory), resolve(path))
  return between === '' || (!between.startsWith('..') && !isAbsolute(between))
}
