/** A phase that ends FAILED, with the status code and sentence that its record shows. */
export class PhaseFailure extends Error {
  override name = 'PhaseFailure'
  readonly statusCode: string

  constructor(statusCode: string, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}

/** Why a build ends before its time. */
export class Interruption extends Error {
  override name = 'Interruption'
  readonly status: 'STOPPED' | 'TIMED_OUT' | 'FAULT'
  /** What the phase that it hit shows; somebody's own wish needs no reason. */
  readonly context: { statusCode: string; message: string } | undefined

  constructor(status: 'STOPPED' | 'TIMED_OUT' | 'FAULT', context?: { statusCode: string; message: string }) {
    super(context?.message ?? status)
    this.status = status
    this.context = context
  }
}

export const stopped = () => new Interruption('STOPPED')

export const timedOut = () =>
  new Interruption('TIMED_OUT', { statusCode: 'BUILD_TIMED_OUT', message: 'Build has timed out. ' })

/** The cloud ended, or was killed, under a running build. */
export const interrupted = () =>
  new Interruption('FAULT', {
    statusCode: 'BUILD_INTERRUPTED',
    message: 'interrupted: the local cloud stopped while it ran',
  })
