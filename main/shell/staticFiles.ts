import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/**
 * The file that a URL path names below `root`, or undefined where it would leave it. Percent-escapes are decoded
 * once; a path that can't be decoded, holds NUL or a backslash names nothing.
 */
export function containedPath(root: string, urlPath: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = normalize(join(root, path === '/' || path === '' ? 'index.html' : path))
  const inside = root.endsWith(sep) ? root : root + sep
  return file.startsWith(inside) ? file : undefined
}

export interface StaticFile {
  type: string
  body: Buffer<ArrayBuffer>
}

/** Reads the renderer's file for a URL path; undefined where there is none. */
export async function staticFile(root: string, urlPath: string): Promise<StaticFile | undefined> {
  const file = containedPath(root, urlPath)
  const type = file && types[extname(file)]
  if (!file || !type) return undefined
  try {
    return { type, body: await readFile(file) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      return undefined
    throw error
  }
}
