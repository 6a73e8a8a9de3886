import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommandPhase, commandPhases, type OnFailure } from './model.ts'
import { nextPhase, type PhaseOutcome, succeeding } from './phaseFlow.ts'

/** Plays a build: `fails` says which attempts at which phase fail. */
function play(
  policies: Partial<Record<CommandPhase, OnFailure>>,
  fails: (phase: CommandPhase, attempt: number) => boolean,
) {
  const attempts: PhaseOutcome[] = []
  for (;;) {
    const next = nextPhase(phase => policies[phase] ?? { kind: 'default' }, attempts)
    if (next.kind === 'upload') return { ran: attempts.map(attempt => attempt.phase), succeeded: succeeding(attempts) }
    attempts.push(
      fails(next.phase, next.attempt) ? { phase: next.phase, failure: 'exit status 1' } : { phase: next.phase },
    )
  }
}

describe('the phases of a build', () => {
  it('run in order when all is well', () => {
    expect(play({}, () => false)).toEqual({ ran: [...commandPhases], succeeded: true })
  })

  it('stop after a failed INSTALL or PRE_BUILD, but run POST_BUILD after a failed BUILD', () => {
    expect(play({}, phase => phase === 'INSTALL')).toEqual({ ran: ['INSTALL'], succeeded: false })
    expect(play({}, phase => phase === 'PRE_BUILD')).toEqual({ ran: ['INSTALL', 'PRE_BUILD'], succeeded: false })
    expect(play({}, phase => phase === 'BUILD')).toEqual({ ran: [...commandPhases], succeeded: false })
  })

  it('obey ABORT and CONTINUE', () => {
    expect(play({ BUILD: { kind: 'abort' } }, phase => phase === 'BUILD').ran).toEqual([
      'INSTALL',
      'PRE_BUILD',
      'BUILD',
    ])
    expect(play({ INSTALL: { kind: 'continue' } }, phase => phase === 'INSTALL')).toEqual({
      ran: [...commandPhases],
      succeeded: false,
    })
  })

  it('are tried again as often as RETRY says, while the message matches', () => {
    const retry: OnFailure = { kind: 'retry', times: 2 }
    const once = play({ BUILD: retry }, (phase, attempt) => phase === 'BUILD' && attempt === 1)
    expect(once).toEqual({ ran: ['INSTALL', 'PRE_BUILD', 'BUILD', 'BUILD', 'POST_BUILD'], succeeded: true })
    const always = play({ PRE_BUILD: retry }, phase => phase === 'PRE_BUILD')
    expect(always).toEqual({ ran: ['INSTALL', 'PRE_BUILD', 'PRE_BUILD', 'PRE_BUILD'], succeeded: false })
    const other = play({ PRE_BUILD: { ...retry, pattern: 'status 2' } }, phase => phase === 'PRE_BUILD')
    expect(other.ran).toEqual(['INSTALL', 'PRE_BUILD'])
  })

  it('always come to an end, never go back, and succeed only if each phase that ran did', () => {
    const policy = fc.oneof(
      fc.constant<OnFailure>({ kind: 'default' }),
      fc.constant<OnFailure>({ kind: 'abort' }),
      fc.constant<OnFailure>({ kind: 'continue' }),
      fc.nat(5).map((times): OnFailure => ({ kind: 'retry', times })),
    )
    const policies = fc.record(Object.fromEntries(commandPhases.map(phase => [phase, policy])))
    fc.assert(
      fc.property(policies, fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (given, failing) => {
        let step = 0
        const { ran, succeeded } = play(given, () => failing[step++ % failing.length] ?? false)
        const order = ran.map(phase => commandPhases.indexOf(phase))
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        const last = commandPhases.map(phase => ran.lastIndexOf(phase)).filter(index => index >= 0)
        expect(succeeded).toBe(last.every(index => failing[index % failing.length] === false))
      }),
    )
  })
})
