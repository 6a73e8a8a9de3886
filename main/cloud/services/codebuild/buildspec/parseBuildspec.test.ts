import { describe, expect, it } from 'vitest'
import { parseBuildspec } from './parseBuildspec.ts'

const whole = `
version: 0.2
run-as: builder
env:
  shell: bash
  variables: {VERSION: 1.10, EMPTY: , FLAG: yes, ACCOUNT: 012345678901}
  parameter-store: {TOKEN: /prod/token}
  secrets-manager: {KEY: 'prod/key:password'}
  exported-variables: [VERSION]
  git-credential-helper: yes
phases:
  install:
    runtime-versions: {nodejs: 20, python: 3.10}
    commands: npm ci
  build:
    on-failure: RETRY-5-ECONN.*
    commands:
      - npm test
      - |
        echo one
        echo two
    finally: [echo done]
  post_build:
reports:
  unit:
    files: ['*.xml']
    base-directory: out
  arn:aws:codebuild:us-east-1:111122223333:report-group/shared:
    files: '**/*.json'
    file-format: CucumberJson
artifacts:
  files: '**/*'
  base-directory: 'dist*'
  discard-paths: yes
  name: shop-$(date +%Y)
  exclude-paths: [.git/**/*]
  secondary-artifacts:
    docs: {files: [docs/**/*], discard-paths: no}
cache:
  paths: ['/root/.npm/**/*']
`

const deep = (open: string, close: string) =>
  `version: 0.2\nphases:\n  build:\n    commands: ${open.repeat(20_000)}${close.repeat(20_000)}`

describe('a buildspec', () => {
  it('is read with every key, and scalars as they were written', () => {
    const spec = parseBuildspec(whole)
    expect(spec.env).toEqual({
      shell: 'bash',
      variables: { VERSION: '1.10', EMPTY: '', FLAG: 'yes', ACCOUNT: '012345678901' },
      parameterStore: { TOKEN: '/prod/token' },
      secretsManager: { KEY: 'prod/key:password' },
      exportedVariables: ['VERSION'],
    })
    expect(spec.phases.INSTALL).toMatchObject({
      commands: ['npm ci'],
      runtimeVersions: { nodejs: '20', python: '3.10' },
    })
    expect(spec.phases.BUILD).toEqual({
      commands: ['npm test', 'echo one\necho two\n'],
      finally: ['echo done'],
      onFailure: { kind: 'retry', times: 5, pattern: 'ECONN.*' },
      runtimeVersions: {},
    })
    expect(spec.phases.POST_BUILD?.commands).toEqual([])
    expect(spec.reports.map(report => report.format)).toEqual(['JUNITXML', 'CUCUMBERJSON'])
    expect(spec.artifacts).toMatchObject({ files: ['**/*'], baseDirectory: 'dist*', discardPaths: true })
    expect(spec.secondaryArtifacts).toMatchObject({ docs: { files: ['docs/**/*'], discardPaths: false } })
    expect(spec.warnings).toEqual([
      { line: 10, message: 'git-credential-helper has no effect here: git is left as it is' },
    ])
  })

  it('may be of version 0.1, with a byte order mark, and with keys that nobody knows', () => {
    const spec = parseBuildspec(
      '\uFEFFversion: 0.1\nenvironment_variables:\n  plaintext: {A: b}\nphases:\n  build:\n    commands: [make]\n    colour: red\n',
    )
    expect(spec).toMatchObject({ version: '0.1', env: { variables: { A: 'b' } } })
    expect(spec.warnings).toEqual([
      { line: 7, message: 'phases/build/colour is not a key that CodeBuild knows and is ignored' },
    ])
  })

  it.each([
    ['no version', 'phases: {build: {commands: [make]}}', /Expected version: it must be 0\.1 or 0\.2 at line 1/],
    [
      'a version of its own',
      'version: 0.3\nphases: {build: {commands: [make]}}',
      /Expected version to be 0\.1 or 0\.2 at line 1/,
    ],
    ['no phases', '# nothing\n\nversion: 0.2', /Expected phases: .* at line 3/],
    ['no phase', 'version: 0.2\nphases:\n  compile: {commands: [make]}', /at least one phase at line 3/],
    ['a tab', 'version: 0.2\nphases:\n\tbuild:', /at line 3/],
    [
      'a command that is a mapping',
      'version: 0.2\nphases:\n  build:\n    commands:\n      - make\n      - echo "a: b"',
      /^Expected Commands\[1\] to be of string type: found subkeys instead at line 6, value of the key tag on line 5 might be empty$/,
    ],
    [
      'commands that are a mapping',
      'version: 0.2\nphases:\n  build:\n    commands: {a: b}',
      /Expected phases\/build\/commands to be a sequence at line 4/,
    ],
    [
      'on-failure that is none',
      'version: 0.2\nphases:\n  build:\n    on-failure: MAYBE',
      /Expected phases\/build\/on-failure to be ABORT.* at line 4/,
    ],
    ['a regular expression that is none', 'version: 0.2\nphases:\n  build:\n    on-failure: RETRY-(', /on-failure/],
    ['a key twice', 'version: 0.2\nphases:\n  build: {}\n  build: {}', /unique at line 4/],
    [
      'artifacts without files',
      'version: 0.2\nphases: {build: }\nartifacts:\n  name: x',
      /Expected artifacts to be a mapping with files at line 4/,
    ],
    [
      'a format that nobody reads',
      'version: 0.2\nphases: {build: }\nreports:\n  unit:\n    files: [a]\n    file-format: PDF',
      /Expected reports\/unit\/file-format to be one of .* at line 6/,
    ],
    [
      'steps',
      'version: 0.2\nphases:\n  build:\n    steps:\n      - uses: actions/checkout@v4',
      /^phases\/build\/steps are GitHub Actions, which the local cloud cannot run at line 4$/,
    ],
    ['sequences nested 20,000 deep', deep('[', ']'), /^The buildspec is nested too deeply at line 4$/],
    ['mappings nested 20,000 deep', deep('{a: ', '}'), /^The buildspec is nested too deeply at line 4$/],
    ['no mapping', '- a\n- b', /Expected the buildspec to be a mapping at line 1/],
    ['nothing', '', /Expected the buildspec to be a mapping at line 1/],
  ])('with %s is refused with the line', (_, text, message) => {
    expect(() => parseBuildspec(text)).toThrow(message)
  })
})
