import type { Clock } from '../base/clock.ts'

/** One account of the local cloud. */
export interface AccountSeed {
  /** 12 digits. */
  id: string
  name: string
  environment: 'development' | 'staging' | 'production'
}

export interface CloudOptions {
  /** Directory of everything durable; made where it is missing. */
  data: string
  /** 0 for any free one. */
  port: number
  accounts: readonly AccountSeed[]
  /** Push the sample repositories and create their pipelines at first start. */
  samples: boolean
  clock: Clock
}

/** An account with the keys of its administrator, as `npm run cloud -- --json` prints it. */
export interface CloudAccount extends AccountSeed {
  profile: string
  accessKeyId: string
  secretAccessKey: string
}

/** A running local cloud. */
export interface Cloud {
  /** `http://127.0.0.1:<port>`: the `endpoint` of every SDK client. */
  endpoint: string
  region: string
  accounts: readonly CloudAccount[]
  /** AWS CLI files with a profile for each account and role. */
  configFile: string
  credentialsFile: string
  /** Ends every build, timer and connection, and closes the database. */
  stop(): Promise<void>
}
