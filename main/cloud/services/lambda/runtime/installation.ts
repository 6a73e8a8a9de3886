import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Mount, Sandbox } from '../../../machine/sandbox.ts'
import { buildTools, systemProgram } from '../../../machine/tools.ts'
import type { Family } from './family.ts'
import { nodeBootstrap } from './nodeBootstrap.ts'
import { pythonBootstrap } from './pythonBootstrap.ts'

/** What this machine runs functions with. */
export interface Installation {
  sandbox: Sandbox
  path: string
  mounts: readonly Mount[]
  /** How a handler of this family is started; undefined where the machine cannot. */
  command(family: Family, memory: number): [string, ...string[]] | undefined
  /** Where packages for `require` lie, for functions without walls; within walls they lie above the task. */
  nodePath: string | undefined
}

/** Where functions see what is theirs (Lambda developer guide, "Lambda runtimes"). */
export const taskRoot = '/var/task'
const runtimeRoot = '/var/runtime'
/** Above the task's directory, so that both `import` and `require` find the SDK there, as in AWS's own runtimes. */
const packagesRoot = '/var/node_modules'

export function installRuntimes(directory: string, sandbox: Sandbox): Installation {
  mkdirSync(directory, { recursive: true })
  const files = { nodejs: 'bootstrap.mjs', python: 'bootstrap.py' } as const
  writeFileSync(join(directory, files.nodejs), nodeBootstrap)
  writeFileSync(join(directory, files.python), pythonBootstrap)
  const tools = buildTools(sandbox)
  const packages = sdkPackages()
  const root = sandbox.kind === 'none' ? directory : runtimeRoot
  const python = systemProgram(sandbox, 'python3')
  return {
    sandbox,
    path: tools.path,
    mounts: [
      ...tools.mounts,
      { from: directory, to: runtimeRoot },
      ...(packages === undefined ? [] : [{ from: packages, to: packagesRoot }]),
    ],
    nodePath: sandbox.kind === 'none' ? packages : undefined,
    command(family, memory) {
      if (family === 'nodejs') return ['node', `--max-old-space-size=${memory}`, join(root, files.nodejs)]
      return python === undefined ? undefined : [python, '-u', join(root, files.python)]
    },
  }
}

/** The cloud's own SDK clients, for functions that bring none; undefined where they are no files (a packaged app). */
function sdkPackages(): string | undefined {
  try {
    const [root, ...rest] = createRequire(import.meta.url)
      .resolve('@aws-sdk/client-s3')
      .split('/node_modules/')
    return root === undefined || rest.length === 0 || root.includes('.asar') ? undefined : `${root}/node_modules`
  } catch {
    return undefined
  }
}
