import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Clock, systemClock } from '../../../base/clock.ts'
import { probeSandbox, type Sandbox } from '../../machine/sandbox.ts'
import { startCodeBuild, type TestCodeBuild } from './codebuild.testing.ts'

const probed = await probeSandbox('machine')
const sandboxes: Sandbox[] = [{ kind: 'none', reason: 'asked for' }, ...(probed.kind === 'none' ? [] : [probed])]
if (probed.kind === 'none') console.log(`builds in bubblewrap are not tested here: ${probed.reason}`)

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
async function start(options: Parameters<typeof startCodeBuild>[0]) {
  const cloud = await startCodeBuild(options)
  closing.push(cloud.stop)
  await cloud.putSource('source.zip', { 'a.txt': 'a' })
  return cloud
}

/** Whether a process of this machine has these words on its command line. */
const alive = (words: string) =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .some(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(words)
      } catch {
        return false
      }
    })
const spec = (commands: string[]) => `version: 0.2\nphases:\n  build:\n    commands: ${JSON.stringify(commands)}\n`
const soon = { timeout: 20_000, interval: 20 }
const logged = (cloud: TestCodeBuild, buildId: string, text: string) =>
  vi.waitFor(async () => expect(await cloud.log(buildId)).toContain(text), soon)
let unique = 0
/** A duration that no other process sleeps for. */
const duration = () => `9${process.pid}.${String(++unique).padStart(3, '0')}1`

/** A clock whose long delays fall due when the test says so. */
function hastyClock(): Clock & { hurry(): void } {
  const long = new Set<() => void>()
  return {
    now: systemClock.now,
    after(delay, run) {
      if (delay < 60_000) return systemClock.after(delay, run)
      long.add(run)
      return () => long.delete(run)
    },
    hurry() {
      for (const run of long) run()
    },
  }
}

describe.each(sandboxes)('a build ($kind)', sandbox => {
  it('is stopped with all of its processes, wherever they moved to', async () => {
    const cloud = await start({ sandbox })
    const [plain, moved, deaf] = [duration(), duration(), duration()]
    await cloud.project(
      'stop',
      spec([
        `sleep ${plain} & setsid sleep ${moved} & sh -c 'trap "" TERM; sleep ${deaf}; true' & echo started`,
        'sh -c \'trap "echo told; exit" TERM; echo waiting; while :; do sleep 0.05; done\'',
        'echo never',
      ]),
    )
    const { buildId, buildArn } = await cloud.begin('stop')
    await logged(cloud, buildId, '\nwaiting\n')
    await vi.waitFor(
      () => expect([plain, moved, deaf].map(time => alive(`sleep ${time}`))).toEqual([true, true, true]),
      soon,
    )
    await cloud.builds.stop(buildArn)
    expect([plain, moved, deaf].map(time => alive(`sleep ${time}`))).toEqual([false, false, false])
    const build = await cloud.get(buildId)
    expect(build).toMatchObject({ buildStatus: 'STOPPED', buildComplete: true })
    expect(build.phases?.find(phase => phase.phaseType === 'BUILD')).toMatchObject({ phaseStatus: 'STOPPED' })
    const log = await cloud.log(buildId)
    expect(log).toContain('\ntold\n')
    expect(log).not.toContain('\nnever\n')
    expect(await cloud.ended(buildArn)).toMatchObject({
      status: 'STOPPED',
      summary: 'Build terminated with state: STOPPED',
    })
  })

  it('is ended when its time is up', async () => {
    const clock = hastyClock()
    const cloud = await start({ sandbox, clock })
    const time = duration()
    await cloud.project('slow', spec([`setsid sleep ${time} & echo started; sleep ${time}`]), { timeoutInMinutes: 5 })
    const { buildId, buildArn } = await cloud.begin('slow')
    await logged(cloud, buildId, '\nstarted\n')
    clock.hurry()
    expect(await cloud.ended(buildArn)).toMatchObject({
      status: 'TIMED_OUT',
      summary:
        'Build terminated with state: TIMED_OUT. Phase: BUILD, Code: BUILD_TIMED_OUT, Message: Build has timed out. ',
    })
    expect(alive(`sleep ${time}`)).toBe(false)
  })

  it('leaves nothing running when it ends, and no directory', async () => {
    const cloud = await start({ sandbox })
    const time = duration()
    await cloud.project('jobs', spec([`nohup setsid sleep ${time} >/dev/null 2>&1 &`, 'exit 0', 'true']))
    const { report } = await cloud.build('jobs')
    expect(report.status).toBe('SUCCEEDED')
    expect(alive(`sleep ${time}`)).toBe(false)
    expect(readdirSync(join(cloud.data, 'builds'))).toEqual([])
  })

  it('is a FAULT with the reason after the cloud was killed, and its processes are gone', async () => {
    const data = mkdtempSync(join(tmpdir(), 'killed-'))
    closing.push(async () => rmSync(data, { recursive: true, force: true }))
    const time = duration()
    const { child, buildId, queuedId } = await killableCloud(data, sandbox, `setsid sleep ${time} & sleep ${time}`)
    await vi.waitFor(() => expect(alive(`sleep ${time}`)).toBe(true), soon)
    child.kill('SIGKILL')
    await new Promise(resolve => child.once('exit', resolve))
    const cloud = await start({ sandbox, data })
    await vi.waitFor(() => expect(alive(`sleep ${time}`)).toBe(false), soon)
    const arn = (id: string) => `arn:aws:codebuild:us-east-1:111122223333:build/${id}`
    expect(await cloud.ended(arn(buildId))).toMatchObject({
      status: 'FAULT',
      summary: expect.stringContaining(
        'Phase: BUILD, Code: BUILD_INTERRUPTED, Message: interrupted: the local cloud stopped while it ran',
      ),
    })
    expect(await cloud.log(buildId)).toContain('interrupted: the local cloud stopped while it ran')
    // What had waited behind it runs now.
    expect(await cloud.ended(arn(queuedId))).toMatchObject({ status: 'SUCCEEDED' })
  })

  it('says in its first line whether it is isolated', async () => {
    const cloud = await start({ sandbox })
    await cloud.project('walls', spec([`ls ${process.cwd()} 2>&1 | head -3; touch /usr/here 2>&1; echo done`]))
    const { log } = await cloud.build('walls')
    const said = {
      none: /^\[Container\] \S+ \S+ This build is not isolated from this machine: asked for\n/,
      bubblewrap:
        /^\[Container\] .* bubblewrap: it sees its own directory.*[^]*No such file or directory\n.*Read-only file system/,
    }
    expect(log).toMatch(said[sandbox.kind])
  })
})

describe('watching', () => {
  it('a build that is not kept ends at once, instead of never', async () => {
    const cloud = await start({})
    const lost = await cloud.ended('arn:aws:codebuild:us-east-1:111122223333:build/gone:0')
    expect(lost).toMatchObject({ status: 'FAULT', summary: expect.stringContaining('is not known') })
  })
})

describe('the queue', () => {
  it('runs no more builds at once than it may, in the order they came', async () => {
    const cloud = await start({ concurrency: 1 })
    await cloud.project('queued', spec(['cat a.txt']))
    const builds = []
    for (let index = 0; index < 3; index++) builds.push(await cloud.begin('queued'))
    const order: string[] = []
    await Promise.all(builds.map(({ buildArn }) => cloud.ended(buildArn).then(() => order.push(buildArn))))
    expect(order).toEqual(builds.map(build => build.buildArn))
    const [first, second] = await Promise.all(builds.map(build => cloud.get(build.buildId)))
    const queued = second?.phases?.find(phase => phase.phaseType === 'QUEUED')
    expect(queued?.endTime?.getTime()).toBeGreaterThanOrEqual(first?.endTime?.getTime() ?? Number.POSITIVE_INFINITY)
  })

  it('lets go of a build that is stopped while it waits', async () => {
    const cloud = await start({ concurrency: 1 })
    await cloud.project('queued', spec(['sleep 600']))
    const first = await cloud.begin('queued')
    const second = await cloud.begin('queued')
    await cloud.builds.stop(second.buildArn)
    expect((await cloud.get(second.buildId)).phases?.map(phase => [phase.phaseType, phase.phaseStatus])).toEqual([
      ['SUBMITTED', 'SUCCEEDED'],
      ['QUEUED', 'STOPPED'],
      ['COMPLETED', undefined],
    ])
    await cloud.builds.stop(first.buildArn)
  })
})

/** A cloud in a process of its own, with one build running and one waiting. */
async function killableCloud(data: string, sandbox: Sandbox, command: string) {
  const script = fileURLToPath(new URL('./killable.testing.ts', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [script, data, JSON.stringify(sandbox), command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  closing.push(async () => void child.kill('SIGKILL'))
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const [buildId = '', queuedId = ''] = line.split(' ')
    return { child, buildId, queuedId }
  }
  throw new Error('the cloud ended before its build ran')
}
