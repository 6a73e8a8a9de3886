import type { EventEmitter } from 'node:events'
import type { ChildProcess } from './host.ts'

/** How long a child may take to end after it was asked to, in ms. */
const patience = 8_000

/** What `node:child_process` and Electron's utilityProcess have in common. */
export interface RawChild extends EventEmitter {
  stdout: NodeJS.ReadableStream | null
  pid?: number | undefined
}

/** Splits a child's output into lines and sees to its end. `signal` sends it SIGTERM or SIGKILL. */
export function supervise(child: RawChild, signal: (name: 'SIGTERM' | 'SIGKILL') => void): ChildProcess {
  const lines: ((line: string) => void)[] = []
  let rest = ''
  child.stdout?.setEncoding('utf8')
  child.stdout?.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) for (const listener of lines) listener(line)
  })
  let exited = false
  const gone = new Promise<void>(resolve => {
    child.once('exit', () => {
      exited = true
      resolve()
    })
  })
  return {
    onLine: listener => void lines.push(listener),
    onExit: listener => void child.once('exit', (code: number | null) => listener(code)),
    async stop() {
      if (exited) return
      signal('SIGTERM')
      const insist = setTimeout(() => signal('SIGKILL'), patience)
      await gone
      clearTimeout(insist)
    },
  }
}
