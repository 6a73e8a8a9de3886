/** The local cloud's process, however the shell makes it. */
export interface ChildProcess {
  /** Lines of its standard output, as they come. */
  onLine(listener: (line: string) => void): void
  onExit(listener: (code: number | null) => void): void
  /** SIGTERM, then SIGKILL after a while; resolves when it is gone. */
  stop(): Promise<void>
}

/** The system's vault for secrets, where there is one. */
export interface Vault {
  /** E.g. `gnome_libsecret`, for the screen that says where secrets are. */
  backend: string
  seal(plain: string): Promise<Uint8Array>
  unseal(sealed: Uint8Array): Promise<string>
}

/** What a shell lends the app. The app knows nothing else of what hosts it. */
export interface Host {
  name: 'electron' | 'node'
  /** Directory of the desk's own durable data. */
  data: string
  /** Starts the local cloud's entry (`main/cloud/main.ts`, bundled) with these arguments. */
  startCloud(args: readonly string[]): ChildProcess
  /** Absent where the shell has none: secrets then live in memory only. */
  vault?: Vault
  /** Opens an https page in the person's browser. */
  openExternal(url: string): Promise<void>
  /** Prints a page that needs nothing but itself, as PDF. Absent where the shell has nothing to print with. */
  printPdf?: (html: string) => Promise<Uint8Array>
  /** One structured line; never a secret. */
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
}
