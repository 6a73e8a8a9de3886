import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCodeBuild, type TestCodeBuild } from './codebuild.testing.ts'

let cloud: TestCodeBuild
beforeAll(async () => {
  process.env['CANARY_SECRET'] = 'canary-of-the-desk'
  cloud = await startCodeBuild()
  await cloud.putSource('source.zip', {
    'hello.txt': 'hello\n',
    'run.sh': { text: '#!/bin/sh\necho ran\n', mode: 0o100_755 },
  })
})
afterAll(async () => {
  delete process.env['CANARY_SECRET']
  await cloud.stop()
})

const spec = (commands: string[], more = '') =>
  `version: 0.2\nphases:\n  build:\n    commands:\n${commands.map(command => `      - ${JSON.stringify(command)}\n`).join('')}${more}`
let projects = 0
const buildOf = async (buildspec: string, more: Parameters<TestCodeBuild['build']>[1] = {}) => {
  const name = `project-${++projects}`
  await cloud.project(name, buildspec)
  return cloud.build(name, more)
}

describe('a build', () => {
  it('runs its commands on the source and says what CodeBuild says', async () => {
    const { build, log, report } = await buildOf(spec(['cat hello.txt', './run.sh', 'node -p 6*7']))
    expect(report).toMatchObject({ status: 'SUCCEEDED', summary: 'Build terminated with state: SUCCEEDED' })
    expect(build.phases?.map(phase => [phase.phaseType, phase.phaseStatus])).toEqual([
      ['SUBMITTED', 'SUCCEEDED'],
      ['QUEUED', 'SUCCEEDED'],
      ['PROVISIONING', 'SUCCEEDED'],
      ['DOWNLOAD_SOURCE', 'SUCCEEDED'],
      ['INSTALL', 'SUCCEEDED'],
      ['PRE_BUILD', 'SUCCEEDED'],
      ['BUILD', 'SUCCEEDED'],
      ['POST_BUILD', 'SUCCEEDED'],
      ['UPLOAD_ARTIFACTS', 'SUCCEEDED'],
      ['FINALIZING', 'SUCCEEDED'],
      ['COMPLETED', undefined],
    ])
    expect(build).toMatchObject({
      buildNumber: 1,
      buildComplete: true,
      currentPhase: 'COMPLETED',
      buildStatus: 'SUCCEEDED',
    })
    const lines = log.split('\n').map(line => line.replace(/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{3}/, 'T'))
    const from = lines.indexOf('[Container] T Entering phase BUILD')
    expect(lines.slice(from, from + 9)).toEqual([
      '[Container] T Entering phase BUILD',
      '[Container] T Running command cat hello.txt',
      'hello',
      '[Container] T Running command ./run.sh',
      'ran',
      '[Container] T Running command node -p 6*7',
      '42',
      '[Container] T Phase complete: BUILD State: SUCCEEDED',
      '[Container] T Phase context status code:  Message: ',
    ])
  })

  it('fails with the first command that fails, runs finally and POST_BUILD, and says which command', async () => {
    const { build, log, report } = await buildOf(`version: 0.2
phases:
  build:
    commands:
      - exit 3
      - echo never
    finally:
      - echo at last
  post_build:
    commands:
      - echo "succeeding $CODEBUILD_BUILD_SUCCEEDING"
`)
    expect(report).toMatchObject({
      status: 'FAILED',
      summary:
        'Build terminated with state: FAILED. Phase: BUILD, Code: COMMAND_EXECUTION_ERROR, Message: Error while executing command: exit 3. Reason: exit status 3',
    })
    expect(build.phases?.find(phase => phase.phaseType === 'BUILD')).toMatchObject({
      phaseStatus: 'FAILED',
      contexts: [
        {
          statusCode: 'COMMAND_EXECUTION_ERROR',
          message: 'Error while executing command: exit 3. Reason: exit status 3',
        },
      ],
    })
    expect(log).not.toContain('\nnever')
    expect(log).toContain('\nat last\n')
    expect(log).toContain('\nsucceeding 0\n')
  })

  it('keeps directory, variables and functions between commands and phases', async () => {
    const { log } = await buildOf(`version: 0.2
phases:
  install:
    commands: [mkdir -p deep, cd deep, export COLOUR="deep blue", plain=unexported, "greet() { echo hi; }"]
  build:
    commands: ['basename "$PWD"', 'echo "$COLOUR $plain"', greet]
`)
    expect(log).toMatch(/\ndeep\n(.*\n){1}deep blue unexported\n(.*\n){1}hi\n/)
  })

  it('goes on in a new shell with what was exported where a command ends the shell', async () => {
    const { report, log } = await buildOf(
      spec([
        'cd /tmp; export KEPT=yes; exit 0',
        'echo "$KEPT in $PWD"',
        'set -e',
        'if false; then true; fi; echo alive',
      ]),
    )
    expect(report.status).toBe('SUCCEEDED')
    expect(log).toMatch(/\nyes in \/.*tmp\n/)
    const killed = await buildOf(spec(['kill -9 $$']))
    expect(killed.report.summary).toContain('exit status 137')
  })

  it('takes heredocs, commands of several lines, and commands that read or close what is not theirs', async () => {
    const { report, log } = await buildOf(`version: 0.2
phases:
  build:
    commands:
      - |
        cat <<'END'
        first 0
        second 1
        END
      - 'read line || echo "nothing to read"'
      - exec 3>&- 4>&-
      - echo "0" >&1; echo to stderr >/dev/stderr
      - printf 'no line end'
      - echo after
`)
    expect(report.status).toBe('SUCCEEDED')
    expect(log).toContain('first 0\nsecond 1\n')
    expect(log).toContain('\nnothing to read\n')
    expect(log).toContain('\nto stderr\n')
    expect(log).toMatch(/\nno line end\n\[Container\] .* Running command echo after\nafter\n/)
  })

  it('runs each command of version 0.1 in a shell of its own', async () => {
    const { log } = await buildOf(`version: 0.1
phases:
  build:
    commands: ['cd /tmp; export LOST=1', 'echo "[$LOST] $(basename $PWD)"']
`)
    expect(log).toContain('\n[] src\n')
  })

  it('sees nothing of the environment of the cloud', async () => {
    const { log } = await buildOf(
      spec(['env | sort', 'cat /proc/*/environ 2>/dev/null | tr "\\0" "\\n" | grep CANARY || echo none']),
    )
    expect(log).not.toContain('canary-of-the-desk')
    expect(log).toMatch(/\nCODEBUILD_BUILD_ID=project-\d+:/)
    expect(log).toContain('\nCODEBUILD_INITIATOR=codepipeline/shop\n')
    expect(log).toContain('\nAWS_REGION=us-east-1\n')
  })

  it('lets overrides win over the project, the project over the buildspec, and nobody over CodeBuild', async () => {
    const name = `project-${++projects}`
    await cloud.project(
      name,
      spec(
        ['echo "$A $B $C [$D]"', 'echo "$CODEBUILD_INITIATOR $HOME"'],
        'env:\n  variables: {A: spec, B: spec, C: spec, D: $PATH, HOME: /nowhere}\n',
      ),
      {
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'i',
          computeType: 'BUILD_GENERAL1_SMALL',
          environmentVariables: [
            { name: 'B', value: 'project' },
            { name: 'C', value: 'project' },
          ],
        },
      },
    )
    const environment = [
      { name: 'C', value: "it's the\noverride", type: 'PLAINTEXT' as const },
      { name: 'CODEBUILD_INITIATOR', value: 'me', type: 'PLAINTEXT' as const },
    ]
    const { log } = await cloud.build(name, { environment })
    expect(log).toContain("\nspec project it's the\noverride [$PATH]\n")
    expect(log).toMatch(/\ncodepipeline\/shop \/(?!nowhere)/)
    expect(log).toContain('CODEBUILD_INITIATOR is left out: the prefix CODEBUILD_ is reserved')
  })

  it('gives output that is no UTF-8, and output without end, line by line and whole', async () => {
    const odd = await buildOf(spec([String.raw`printf 'a\377b\000c\n'`, String.raw`printf '\033[31mred\033[0m\n'`]))
    expect(odd.log).toContain('\na\ufffdb\0c\n')
    expect(odd.log).toContain('\n\u001b[31mred\u001b[0m\n')
    const { log } = await buildOf(spec(['seq 1 100000']))
    const numbers = log.split('\n').filter(line => /^\d+$/.test(line))
    expect(numbers).toHaveLength(100_000)
    expect(numbers.every((line, index) => Number(line) === index + 1)).toBe(true)
  })

  it('exports the variables that the buildspec names, as they are at the end of POST_BUILD', async () => {
    const { report, build } = await buildOf(`version: 0.2
env:
  variables: {GIVEN: before}
  exported-variables: [GIVEN, MADE, MISSING, AWS_REGION]
phases:
  build:
    commands: [export GIVEN=after]
  post_build:
    commands: ["export MADE='two\\nlines'"]
`)
    expect(report.exportedVariables).toEqual({ GIVEN: 'after', MADE: 'two\nlines' })
    expect(build.exportedEnvironmentVariables).toContainEqual({ name: 'GIVEN', value: 'after' })
  })
})

describe('a build that cannot start well', () => {
  it('says the line of a buildspec that is wrong', async () => {
    const { report, build } = await buildOf('version: 0.2\nphases:\n  build:\n    commands:\n      - echo "a: b"\n')
    expect(build.phases?.map(phase => phase.phaseType)).not.toContain('BUILD')
    expect(report.summary).toBe(
      'Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, Code: YAML_FILE_ERROR, Message: Expected Commands[0] to be of string type: found subkeys instead at line 5, value of the key tag on line 4 might be empty',
    )
  })

  it('says which buildspec is missing', async () => {
    const { report } = await buildOf('ci/buildspec.yml')
    expect(report.summary).toMatch(
      /Code: YAML_FILE_ERROR, Message: stat .*\/src\/ci\/buildspec.yml: no such file or directory$/,
    )
  })

  it('fails where the source is not there', async () => {
    const { report } = await buildOf(spec(['true']), {
      inputs: [{ name: 'Source', bucket: 'artifacts', key: 'absent' }],
    })
    expect(report.summary).toMatch(/Phase: DOWNLOAD_SOURCE, Code: CLIENT_ERROR, Message: .+ for primary source/)
  })

  it('fails where a secret is asked for, since there is nowhere to read it from', async () => {
    const { report } = await buildOf(spec(['true'], 'env:\n  parameter-store: {TOKEN: /prod/token}\n'))
    expect(report.summary).toContain('The local cloud has no Parameter Store: TOKEN cannot be read from /prod/token')
  })
})

describe('what happens to a build', () => {
  it('is found by its token instead of being started twice', async () => {
    await cloud.project('once', spec(['true']))
    const first = await cloud.begin('once', { idempotencyToken: 'action-1' })
    expect(await cloud.begin('once', { idempotencyToken: 'action-1' })).toEqual(first)
    await cloud.ended(first.buildArn)
    expect(await cloud.begin('once', { idempotencyToken: 'action-1' })).toEqual(first)
    expect(await cloud.run('ListBuildsForProject', { projectName: 'once' })).toEqual({ ids: [first.buildId] })
  })

  it('is announced to EventBridge', async () => {
    const { arn } = await buildOf(spec(['false']))
    const mine = cloud.events.filter(event => event.detail['build-id'] === arn)
    const states = mine.filter(event => event['detail-type'] === 'CodeBuild Build State Change')
    expect(states.map(event => event.detail['build-status'])).toEqual(['IN_PROGRESS', 'FAILED'])
    expect(states[1]).toMatchObject({ source: 'aws.codebuild', account: '111122223333', resources: [arn] })
    const phases = mine.filter(event => event['detail-type'] === 'CodeBuild Build Phase Change')
    expect(
      phases.map(event => [event.detail['completed-phase'], event.detail['completed-phase-status']]),
    ).toContainEqual(['BUILD', 'FAILED'])
  })
})
