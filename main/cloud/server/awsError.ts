/** A refusal in AWS's own words: its error name, its sentence, its HTTP status. */
export class AwsError extends Error {
  readonly status: number
  /** Further members of the modelled error, e.g. `BucketName`. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(name: string, message: string, options: { status?: number; members?: Record<string, unknown> } = {}) {
    super(message)
    this.name = name
    this.status = options.status ?? 400
    this.members = options.members ?? {}
  }
}
