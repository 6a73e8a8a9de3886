import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bucket, startCodeBuild, type TestCodeBuild, zipOf } from './codebuild.testing.ts'

let cloud: TestCodeBuild
beforeAll(async () => {
  cloud = await startCodeBuild()
  await cloud.putSource('source.zip', { 'README.md': 'read me' })
  await cloud.putSource('second.zip', { 'data.txt': 'from the second source\n' })
})
afterAll(async () => {
  await cloud.stop()
})

const making = [
  'mkdir -p dist/js dist/.hidden other',
  'echo a > dist/a.html',
  'echo b > dist/js/b.js',
  'echo c > dist/.hidden/c',
  'echo d > other/a.html',
  'chmod 755 dist/a.html',
]
let projects = 0
const makes = async (rest: string, more: Parameters<TestCodeBuild['build']>[1] = {}, commands = making) => {
  const name = `artifact-${++projects}`
  await cloud.project(name, `version: 0.2\nphases:\n  build:\n    commands: ${JSON.stringify(commands)}\n${rest}`)
  const key = `${name}/Out`
  return { key, ...(await cloud.build(name, { outputs: [{ name: 'Out', bucket, key }], ...more })) }
}

describe('artifacts', () => {
  it('hold what the patterns select, named from the base directory', async () => {
    const all = await makes("artifacts: {files: ['**/*'], base-directory: dist}\n")
    expect(await cloud.artifact(all.key)).toEqual({ 'a.html': 'a\n', 'js/b.js': 'b\n', '.hidden/c': 'c\n' })
    const some = await makes("artifacts: {files: ['*.html', 'js/**/*'], base-directory: dist, discard-paths: yes}\n")
    expect(await cloud.artifact(some.key)).toEqual({ 'a.html': 'a\n', 'b.js': 'b\n' })
    const most = await makes(
      "artifacts: {files: ['**/*'], exclude-paths: ['js/**/*', '.hidden/*'], base-directory: ./dist}\n",
    )
    expect(await cloud.artifact(most.key)).toEqual({ 'a.html': 'a\n' })
  })

  it('leave the base directories out where a wildcard matches several, and replace variables', async () => {
    const { key } = await makes("artifacts: {files: [$NAME.js, '**/*.html'], base-directory: 'd*'}\n", {}, [
      ...making,
      'mkdir -p docs && echo e > docs/e.html && echo f > docs/app.js',
      'NAME=app',
    ])
    expect(await cloud.artifact(key)).toEqual({ 'a.html': 'a\n', 'e.html': 'e\n', 'app.js': 'f\n' })
  })

  it('are the same bytes for the same files', async () => {
    const first = await makes("artifacts: {files: ['**/*'], base-directory: dist}\n")
    const second = await makes("artifacts: {files: ['**/*'], base-directory: dist}\n")
    expect((await cloud.bytes(first.key)).equals(await cloud.bytes(second.key))).toBe(true)
    expect(first.build.artifacts?.sha256sum).toMatch(/^[0-9a-f]{64}$/)
  })

  it('go by their identifiers where there are several', async () => {
    const outputs = [
      { name: 'Site', bucket, key: 'several/site' },
      { name: 'Rest', bucket, key: 'several/rest' },
    ]
    const { report } = await makes(
      "artifacts:\n  files: ['**/*']\n  secondary-artifacts:\n    Site: {files: ['**/*'], base-directory: dist/js}\n    Rest: {files: [README.md]}\n",
      { outputs },
    )
    expect(report.status).toBe('SUCCEEDED')
    expect(await cloud.artifact('several/site')).toEqual({ 'b.js': 'b\n' })
    expect(await cloud.artifact('several/rest')).toEqual({ 'README.md': 'read me' })
  })

  it('fail the build where nothing matches, and are tried after a failed BUILD', async () => {
    const none = await makes("artifacts: {files: ['*.jar']}\n")
    expect(none.report.summary).toBe(
      'Build terminated with state: FAILED. Phase: UPLOAD_ARTIFACTS, Code: CLIENT_ERROR, Message: no matching artifact paths found',
    )
    const failed = await makes("artifacts: {files: ['README.md']}\n", {}, ['false'])
    expect(failed.report.status).toBe('FAILED')
    expect(await cloud.artifact(failed.key)).toEqual({ 'README.md': 'read me' })
  })

  it('never hold what lies outside of the build, whatever a link says', async () => {
    const { key, report } = await makes("artifacts: {files: ['**/*'], base-directory: out}\n", {}, [
      'mkdir out && echo mine > out/mine',
      'ln -s /etc/passwd out/passwd && ln -s / out/root && ln -s mine out/inner && ln -s ../../../../../../../../etc out/up',
    ])
    expect(report.status).toBe('SUCCEEDED')
    expect(await cloud.artifact(key)).toEqual({ mine: 'mine\n', inner: 'mine\n' })
    const outside = await makes('artifacts: {files: [passwd], base-directory: /etc}\n')
    expect(outside.report.summary).toContain('no matching artifact paths found')
  })
})

describe('sources', () => {
  it('give every further input a directory of its own', async () => {
    const inputs = [
      { name: 'Second', bucket, key: 'second.zip' },
      { name: 'Source', bucket, key: 'source.zip' },
    ]
    const { log } = await makes('', { inputs, primarySource: 'Source', sourceVersion: 'abc' }, [
      'ls',
      'cat $CODEBUILD_SRC_DIR_Second/data.txt',
      'echo "at $CODEBUILD_RESOLVED_SOURCE_VERSION"',
    ])
    expect(log).toContain('\nREADME.md\n')
    expect(log).toContain('\nfrom the second source\n')
    expect(log).toContain('\nat abc\n')
  })

  it('refuse archives that lead out of their directory', async () => {
    const good = await zipOf({ 'aa/aa/evil.txt': 'evil' })
    const evil = Buffer.from(good.toString('latin1').replaceAll('aa/aa/', '../../'), 'latin1')
    await cloud.objects.put(
      { kind: 'root', account: '111122223333', arn: '', userId: '', principalArn: 'arn:aws:iam::111122223333:root' },
      bucket,
      'evil.zip',
      evil,
    )
    const { report } = await makes('', { inputs: [{ name: 'Source', bucket, key: 'evil.zip' }] })
    expect(report.summary).toMatch(/Phase: DOWNLOAD_SOURCE, Code: CLIENT_ERROR, Message: invalid relative path/)
    await cloud.putSource('link.zip', { link: { text: '/tmp', mode: 0o120_777 }, 'link/evil.txt': 'evil' })
    const linked = await makes('', { inputs: [{ name: 'Source', bucket, key: 'link.zip' }] })
    expect(linked.report.summary).toContain('link is in the archive twice')
  })
})

describe('test reports', () => {
  const junit = `<?xml version="1.0"?><testsuites><testsuite name="cart">
    <testcase name="adds up" classname="cart.test" time="0.25"/>
    <testcase name="gives change" classname="cart.test" time="0.5"><failure message="expected 3 &lt; 2">at cart.js:7</failure></testcase>
    <testsuite name="inner"><testcase name="waits"><skipped/></testcase></testsuite>
  </testsuite></testsuites>`

  it('name the failing test with its message, even after a failed BUILD', async () => {
    const { build, report } = await makes('reports: {unit: {files: [report.xml]}}\n', { outputs: [] }, [
      `cat > report.xml <<'END'\n${junit}\nEND`,
      'false',
    ])
    expect(report.status).toBe('FAILED')
    const [reportArn] = build.reportArns ?? []
    const { reports } = await cloud.run<{ reports: object[] }>('BatchGetReports', { reportArns: [reportArn] })
    expect(reports).toMatchObject([
      {
        status: 'FAILED',
        executionId: build.arn,
        testSummary: {
          total: 3,
          statusCounts: { SUCCEEDED: 1, FAILED: 1, SKIPPED: 1 },
          durationInNanoSeconds: 750_000_000,
        },
      },
    ])
    const { testCases } = await cloud.run<{ testCases: object[] }>('DescribeTestCases', {
      reportArn,
      filter: { status: 'FAILED' },
    })
    expect(testCases).toEqual([
      expect.objectContaining({ name: 'gives change', testSuiteName: 'cart', message: 'expected 3 < 2\nat cart.js:7' }),
    ])
    const groups = await cloud.run<{ reportGroups: string[] }>('ListReportGroups', {})
    expect(groups.reportGroups).toContain(
      `arn:aws:codebuild:us-east-1:111122223333:report-group/${build.projectName}-unit`,
    )
  })

  it('fail no build where they cannot be read, but the log says so', async () => {
    const { report, log } = await makes('reports: {unit: {files: [report.xml]}}\n', { outputs: [] }, [
      'echo "<oops" > report.xml',
    ])
    expect(report.status).toBe('SUCCEEDED')
    expect(log).toContain('Error processing report file report.xml')
  })
})
