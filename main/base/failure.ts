/** Where a failure happened; every part that is known is given. */
export interface Place {
  account?: string
  region?: string
  pipeline?: string
  stage?: string
  action?: string
  file?: string
  /** A sign-in to IAM Identity Center, by its id. */
  signIn?: string
}

/** What went wrong, in the words of whoever has to act on it. */
export interface FailureInit {
  /** A stable name, e.g. `AccessDenied` or an AWS error name. */
  code: string
  /** One sentence: what happened. */
  message: string
  place?: Place
  /** One sentence: what to do next. */
  next?: string
  /** AWS's request id, where a call was refused. */
  requestId?: string
  cause?: unknown
}

/** The desk's one error class: a code, a sentence, a place and a next step. */
export class Failure extends Error {
  readonly code: string
  readonly place: Place
  readonly next: string | undefined
  readonly requestId: string | undefined

  constructor(init: FailureInit) {
    super(init.message, { cause: init.cause })
    this.name = 'Failure'
    this.code = init.code
    this.place = init.place ?? {}
    this.next = init.next
    this.requestId = init.requestId
  }
}

/** What happened and, where it is known, what to do next: for a terminal, which has no place of its own for it. */
export function sentencesOf(thrown: unknown): string {
  return thrown instanceof Failure && thrown.next ? `${thrown.message} ${thrown.next}` : messageOf(thrown)
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
