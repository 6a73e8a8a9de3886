import type { Sandbox } from '../../machine/sandbox.ts'
import { startCodeBuild } from './codebuild.testing.ts'

/** Started by a test that kills it: runs a build, and tells its id and that of one which waits behind it. */
const [data = '', sandbox = '', command = ''] = process.argv.slice(2)
const cloud = await startCodeBuild({ data, sandbox: JSON.parse(sandbox) as Sandbox, concurrency: 1 })
await cloud.putSource('source.zip', { 'a.txt': 'a' })
const spec = (line: string) => `version: 0.2\nphases:\n  build:\n    commands: ${JSON.stringify([line])}\n`
await cloud.project('long', spec(command))
await cloud.project('next', spec('true'))
const running = await cloud.begin('long')
const queued = await cloud.begin('next')
cloud.builds.watch(running.buildArn, report => {
  if (report.kind === 'phase' && report.phase === 'BUILD')
    process.stdout.write(`${running.buildId} ${queued.buildId}\n`)
})
// The test ends it.
setInterval(() => undefined, 60_000)
