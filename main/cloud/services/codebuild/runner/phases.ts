import type { EndStatus, PhaseType } from '../model.ts'
import type { Progress } from '../progress.ts'
import type { BuildLog } from './buildLog.ts'
import { PhaseFailure } from './phaseFailure.ts'

/** Runs one phase of ours. What fails in it ends the phase, and is thrown on. */
export async function phase<T>(
  type: PhaseType,
  progress: Progress,
  log: BuildLog | undefined,
  work: () => T | Promise<T>,
): Promise<T> {
  enterPhase(type, progress, log)
  try {
    const done = await work()
    endPhase(type, 'SUCCEEDED', undefined, progress, log)
    return done
  } catch (error) {
    if (error instanceof PhaseFailure)
      endPhase(type, 'FAILED', { statusCode: error.statusCode, message: error.message }, progress, log)
    throw error
  }
}

export function enterPhase(type: PhaseType, progress: Progress, log: BuildLog | undefined): void {
  progress.enter(type)
  if (type !== 'DOWNLOAD_SOURCE' && type !== 'UPLOAD_ARTIFACTS') log?.say(`Entering phase ${type}`)
}

export function endPhase(
  type: PhaseType,
  status: EndStatus,
  said: { statusCode: string; message: string } | undefined,
  progress: Progress,
  log: BuildLog | undefined,
): void {
  progress.leave(status, said)
  log?.say(`Phase complete: ${type} State: ${status}`)
  log?.say(`Phase context status code: ${said?.statusCode ?? ''} Message: ${said?.message ?? ''}`)
}
