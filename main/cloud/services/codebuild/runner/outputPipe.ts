import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { Socket } from 'node:net'

/** Takes what a build's processes print. */
export interface OutputPipe {
  /** To be a child's stdout and stderr. */
  descriptor: number
  /** Resolves when all that was printed before now has been handed on. */
  settled(): Promise<void>
  close(): void
}

const mostTurns = 200

/**
 * A named pipe, because what Node calls a pipe to a child is a socket, which `> /dev/stderr` and `tee /dev/stderr`
 * cannot open. One pipe for both streams keeps their order.
 */
export function openOutputPipe(path: string, onBytes: (bytes: Buffer) => void): OutputPipe {
  execFileSync('mkfifo', ['-m', '600', path], { timeout: 5_000 })
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  // Held open by us as well, so that the end of one shell is not the end of the output.
  const descriptor = openSync(path, constants.O_WRONLY)
  let chunks = 0
  const socket = new Socket({ fd: readEnd, readable: true, writable: false })
  socket.on('data', bytes => {
    chunks++
    onBytes(bytes)
  })
  return {
    descriptor,
    async settled() {
      // What was printed lies in the pipe already. The event loop reads every ready descriptor in each turn, so a
      // whole turn in which nothing came means that the pipe is empty. A background job may print without end.
      for (let turn = 0; turn < mostTurns; turn++) {
        const before = chunks
        await nextTurn()
        await nextTurn()
        if (chunks === before) return
      }
    },
    close() {
      socket.destroy()
      closeSync(descriptor)
    },
  }
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))
