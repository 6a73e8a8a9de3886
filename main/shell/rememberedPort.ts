import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Port = z.coerce.number().int().min(1024).max(65535)

/**
 * Listens on the port that was asked for, else on that of the last start, else on any free one: the page keeps its
 * origin, and with it what the browser remembers of widths and choices.
 */
export async function listenAsBefore<S extends { port: number }>(
  data: string,
  wanted: number,
  listen: (port: number) => Promise<S>,
): Promise<S> {
  if (wanted !== 0) return listen(wanted)
  const file = join(data, 'port')
  const server = await listen(lastPort(file)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES'))
      return listen(0)
    throw error
  })
  writeFileSync(file, String(server.port))
  return server
}

/** 0 where none is remembered. */
function lastPort(file: string): number {
  try {
    return Port.parse(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}
