import { randomUUID } from 'node:crypto'
import type { MfaPrompt } from '../../preload/contract/accounts.ts'
import type { Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'

/** Codes of MFA devices, asked of a person in the desk; only after they asked for something that wants one. */
export interface Mfa {
  prompts(): MfaPrompt[]
  /** A person wants the profile now: the next need of a code may ask for it. */
  invite(profile: string): void
  /** @throws Failure `MfaNeeded` where nobody asked, answered or wanted to. */
  code(profile: string, serial: string): Promise<string>
  /** Without a code the person does not want to give one. */
  answer(id: string, code: string | undefined): boolean
  stop(): void
}

/** STS takes a code of about this age at most. */
const patience: Millis = 3 * 60_000

export function createMfa(clock: Clock, changed: () => void): Mfa {
  const invited = new Set<string>()
  const waiting = new Map<string, { prompt: MfaPrompt; end: (code: string | undefined) => void }>()
  const needed = (profile: string) =>
    new Failure({
      code: 'MfaNeeded',
      message: `The profile ${profile} wants the code of its MFA device.`,
      next: 'Choose Try again and enter the code.',
    })
  return {
    prompts: () => [...waiting.values()].map(({ prompt }) => prompt),
    invite: profile => void invited.add(profile),
    async code(profile, serial) {
      if (!invited.delete(profile)) throw needed(profile)
      const id = randomUUID()
      const { promise, resolve } = Promise.withResolvers<string | undefined>()
      const cancel = clock.after(patience, () => resolve(undefined))
      waiting.set(id, { prompt: { id, profile, serial }, end: resolve })
      changed()
      try {
        const code = await promise
        if (code === undefined) throw needed(profile)
        return code
      } finally {
        cancel()
        waiting.delete(id)
        changed()
      }
    },
    answer(id, code) {
      const prompt = waiting.get(id)
      prompt?.end(code)
      return prompt !== undefined
    },
    stop() {
      for (const { end } of waiting.values()) end(undefined)
    },
  }
}
