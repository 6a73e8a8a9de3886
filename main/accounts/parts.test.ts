import { describe, expect, it } from 'vitest'
import { manualClock } from '../base/clock.ts'
import { createClockWatch } from './clockWatch.ts'
import { createMfa } from './mfa.ts'
import { fromDenials, fromSimulation } from './rights.ts'
import { watchWaking } from './wake.ts'

describe('waking', () => {
  const watched = () => {
    let network = 'eth0 10.0.0.2'
    let offset = 0
    const clock = manualClock(0)
    const woke: string[] = []
    const stop = watchWaking(
      { now: () => clock.now() + offset, after: clock.after },
      () => network,
      why => woke.push(why),
    )
    return {
      clock,
      woke,
      stop,
      sleep: (ms: number) => {
        offset += ms
      },
      move: (to: string) => {
        network = to
      },
    }
  }

  it('is told by a gap in the clock, once', () => {
    const { clock, woke, sleep, stop } = watched()
    clock.advance(60_000)
    sleep(3_600_000)
    clock.advance(60_000)
    expect(woke).toEqual(['sleep'])
    stop()
    expect(clock.nextDue()).toBeUndefined()
  })

  it('is told within a second', () => {
    const { clock, woke, sleep } = watched()
    clock.advance(60_000)
    sleep(3_600_000)
    clock.advance(1_000)
    expect(woke).toEqual(['sleep'])
  })

  it('is not told of a machine that is only busy', () => {
    const { clock, woke, sleep } = watched()
    sleep(15_000)
    clock.advance(60_000)
    expect(woke).toEqual([])
  })

  it('is told when another network is there, not when there is none', () => {
    const { clock, woke, move } = watched()
    move('')
    clock.advance(10_000)
    expect(woke).toEqual([])
    move('wlan0 192.168.1.7')
    clock.advance(10_000)
    expect(woke).toEqual(['network'])
  })
})

describe('this machine’s clock', () => {
  it('is said to be wrong from two minutes on, and right again when it is', () => {
    const clock = manualClock(1_000_000_000)
    let told = 0
    const watch = createClockWatch(clock, () => told++)
    watch.heard(clock.now() - 90_000)
    expect([watch.aheadMs(), told]).toEqual([undefined, 0])
    watch.heard(clock.now() - 420_000)
    watch.heard(clock.now() - 421_000)
    expect([watch.aheadMs(), told]).toEqual([420_000, 1])
    watch.heard(clock.now() + 300_000)
    expect([watch.aheadMs(), told]).toEqual([-300_000, 2])
    watch.heard(clock.now())
    expect([watch.aheadMs(), told]).toEqual([undefined, 3])
  })
})

describe('the code of an MFA device', () => {
  it('is asked for once a person wanted the profile, and never again by itself', async () => {
    const clock = manualClock()
    const mfa = createMfa(clock, () => {})
    await expect(mfa.code('ops', 'arn:mfa')).rejects.toMatchObject({ code: 'MfaNeeded' })
    mfa.invite('ops')
    const code = mfa.code('ops', 'arn:mfa')
    expect(mfa.prompts()).toMatchObject([{ profile: 'ops', serial: 'arn:mfa' }])
    expect(mfa.answer(mfa.prompts()[0]?.id ?? '', '123456')).toBe(true)
    expect(await code).toBe('123456')
    expect(mfa.prompts()).toEqual([])
    await expect(mfa.code('ops', 'arn:mfa')).rejects.toMatchObject({ code: 'MfaNeeded' })
  })

  it('is not waited for longer than three minutes, nor when nobody wants to give it', async () => {
    const clock = manualClock()
    const mfa = createMfa(clock, () => {})
    for (const end of [() => clock.advance(180_000), () => mfa.answer(mfa.prompts()[0]?.id ?? '', undefined)]) {
      mfa.invite('ops')
      const code = mfa.code('ops', 'arn:mfa')
      end()
      await expect(code).rejects.toMatchObject({ code: 'MfaNeeded' })
    }
    expect(clock.nextDue()).toBeUndefined()
  })
})

describe('what IAM lets the desk do', () => {
  const told = (name: string, ...decisions: ('allowed' | 'implicitDeny')[]) =>
    decisions.map((decision, index) => ({ action: `codepipeline:${name}`, resource: `r${index}`, decision }))

  it('is all, some or none of what was simulated', () => {
    expect(
      fromSimulation([
        ...told('GetPipeline', 'allowed', 'allowed'),
        ...told('PutApprovalResult', 'implicitDeny', 'allowed'),
        ...told('StartPipelineExecution', 'implicitDeny', 'implicitDeny'),
      ]),
    ).toEqual({ read: 'yes', approve: 'limited', operate: 'no', known: 'simulated' })
  })

  it('is learned from a refusal only as far as that goes', () => {
    expect(fromDenials([{ action: 'codepipeline:RetryStageExecution', resource: 'arn' }])).toEqual({
      read: 'unknown',
      approve: 'unknown',
      operate: 'limited',
      known: 'learned',
    })
  })
})
