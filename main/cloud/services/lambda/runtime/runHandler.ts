import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import type { Clock, Millis } from '../../../../base/clock.ts'
import { enclose } from '../../../machine/sandbox.ts'
import { familyOf } from './family.ts'
import { type Installation, taskRoot } from './installation.ts'

/** How a handler ended, as its bootstrap said, or as was seen of its process. */
export type HandlerEnd =
  | { kind: 'answered'; result: unknown; memory: number }
  | { kind: 'threw'; error: Readonly<Record<string, unknown>>; memory: number }
  | { kind: 'exited'; how: string }
  | { kind: 'timedOut' }

const answerModel = z.object({
  memory: z.number().default(0),
  result: z.unknown().optional(),
  error: z.record(z.string(), z.unknown()).optional(),
})

export interface HandlerRun {
  installation: Installation
  clock: Clock
  /** Directory of all invocations' own ones. */
  scratch: string
  /** Where the function's code lies. */
  code: string
  runtime: string
  memoryMegabytes: number
  timeout: Millis
  /** What the bootstrap is told: handler, environment, event, context, deadline. */
  asked: object
  onBytes: (bytes: Buffer) => void
  /** Aborted when the cloud stops. */
  signal: AbortSignal
}

/** Runs a handler once, in a process of its own that ends with it. What it leaves running is killed. */
export async function runHandler(run: HandlerRun): Promise<HandlerEnd> {
  const { installation, scratch, signal } = run
  const family = familyOf(run.runtime)
  const command = family && installation.command(family, run.memoryMegabytes)
  if (!command) return { kind: 'exited', how: `This machine has nothing to run ${run.runtime} with` }
  mkdirSync(scratch, { recursive: true })
  const temporary = mkdtempSync(join(scratch, 'invocation-'))
  const view = {
    writable: [{ from: temporary, to: '/tmp' }],
    readOnly: [...installation.mounts, { from: run.code, to: taskRoot }],
    directory: taskRoot,
  }
  const [program, ...args] = enclose(installation.sandbox, view, command)
  const child = spawn(program, args, {
    cwd: run.code,
    // The function's own variables reach it past its walls' program, which they must not influence.
    env: { PATH: installation.path },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const kill = () => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  let late = false
  const cancel = run.clock.after(run.timeout, () => {
    late = true
    kill()
  })
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  try {
    const [, out, err, question, said] = child.stdio
    if (!out || !err || !(question instanceof Writable) || !(said instanceof Readable))
      throw new Error('a handler without its channels')
    // A handler that ended before it read its event: its end is seen below.
    question.on('error', () => undefined)
    question.end(JSON.stringify(run.asked))
    out.on('data', run.onBytes)
    err.on('data', run.onBytes)
    const ended = new Promise<string>(resolve => {
      child.once('error', error => resolve(`Runtime failed to start: ${error.message}`))
      child.once('exit', (code, by) => {
        resolve(
          code === null
            ? `Runtime exited with error: signal: ${by ?? ''}`
            : `Runtime exited with error: exit status ${code}`,
        )
        // Nothing outlives its handler: whatever it started is of the same group.
        kill()
      })
    })
    const closed = new Promise<void>(resolve => {
      child.once('close', () => resolve())
      child.once('error', () => resolve())
    })
    const [answer, how] = await Promise.all([buffer(said).catch(() => Buffer.alloc(0)), ended, closed])
    return endOf(answer, how, late)
  } finally {
    cancel()
    signal.removeEventListener('abort', kill)
    rmSync(temporary, { recursive: true, force: true })
  }
}

function endOf(answer: Buffer, how: string, late: boolean): HandlerEnd {
  if (late) return { kind: 'timedOut' }
  const told = answerModel.safeParse(parsed(answer))
  // A function may write to its bootstrap's channel as well: then it is its process's end that counts.
  if (!told.success) return { kind: 'exited', how }
  const { result, error, memory } = told.data
  return error ? { kind: 'threw', error, memory } : { kind: 'answered', result, memory }
}

function parsed(answer: Buffer): unknown {
  try {
    return JSON.parse(answer.toString('utf8'))
  } catch {
    return undefined
  }
}
