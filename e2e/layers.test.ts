import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/**
 * Who may import whom. A room is the longest prefix that matches a file's path; what it may import are rooms
 * (by prefix) and packages (by name). `type:` before a room admits `import type` only.
 */
const deskRoom = ['main/aws', 'main/store', 'main/iam', 'main/base', 'preload/contract', 'type:main/<service>']
const table: Record<string, { rooms: string[]; packages: string[] }> = {
  renderer: {
    rooms: ['renderer', 'preload/contract', 'type:main/router.ts'],
    packages: [
      'react',
      'react-dom',
      'zustand',
      '@xyflow/react',
      '@base-ui/react',
      '@tanstack/react-virtual',
      'lucide-react',
      'cmdk',
      'ansi_up',
      'date-fns',
      'diff',
      'recharts',
      '@trpc/client',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
    ],
  },
  'preload/contract': { rooms: ['preload/contract'], packages: ['zod'] },
  'preload/electron.ts': { rooms: [], packages: ['electron'] },
  'main/shell': {
    rooms: ['main/shell', 'main/app.ts', 'main/base', 'preload/contract', 'type:main/router.ts'],
    packages: ['node:', 'electron', 'ws', '@trpc/server', 'zod', 'pino'],
  },
  'main/app.ts': {
    rooms: [
      'main',
      'resources/prices.json',
      '!main/shell',
      '!main/cloud',
      'type:main/shell/host.ts',
      'preload/contract',
    ],
    packages: ['node:'],
  },
  'main/router.ts': {
    rooms: ['main', '!main/shell', '!main/cloud', 'preload/contract'],
    packages: ['@trpc/server', 'zod'],
  },
  'main/base': { rooms: ['main/base', 'preload/contract'], packages: ['node:', 'pino', '@trpc/server', 'zod'] },
  'main/aws': {
    rooms: ['main/aws', 'main/base', 'preload/contract'],
    packages: ['node:', '@aws-sdk/', '@smithy/', 'p-queue', 'zod'],
  },
  'main/store': { rooms: ['main/store', 'main/base', 'preload/contract'], packages: ['node:', 'kysely', 'zod'] },
  'main/iam': { rooms: ['main/iam'], packages: [] },
  'main/cloud': {
    rooms: ['main/cloud', 'main/base', 'main/iam'],
    packages: [
      'node:',
      '@aws-sdk/',
      '@smithy/',
      'zod',
      'yaml',
      'yazl',
      'yauzl',
      'picomatch',
      'fast-xml-parser',
      'croner',
      'pino',
    ],
  },
  'main/accounts': {
    rooms: ['main/accounts', ...deskRoom],
    packages: ['node:', '@trpc/server', 'zod', '@aws-sdk/credential-providers', '@smithy/core'],
  },
  main: { rooms: ['<self>', ...deskRoom], packages: ['node:', '@trpc/server', 'zod', 'diff', 'yaml'] },
  e2e: { rooms: ['e2e', 'main', 'preload', 'renderer'], packages: ['*'] },
}
/** Packages that only one room may name, whatever the table above says. */
const only: Record<string, string[]> = {
  electron: ['main/shell', 'preload/electron.ts', 'e2e'],
  ws: ['main/shell', 'e2e'],
  'node:sqlite': ['main/store', 'main/cloud/state', 'e2e'],
}
const services = [
  'accounts',
  'pipelines',
  'notices',
  'operations',
  'approvals',
  'failures',
  'audit',
  'metrics',
  'cost',
  'doctor',
  'definitions',
  'settings',
]

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const isTest = (file: string) => /\.(test|spec|bench)\.tsx?$/.test(file) || /\.testing\.tsx?$/.test(file)

function sources(dir: string): string[] {
  return readdirSync(join(root, dir), { withFileTypes: true }).flatMap(entry => {
    const path = `${dir}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : []
  })
}

interface Import {
  from: string
  typeOnly: boolean
}
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
  const found = [
    ...text.matchAll(/(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/g),
  ].map(m => ({ from: m[3]!, typeOnly: m[2] !== undefined }))
  const lazy = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)].map(m => ({ from: m[1]!, typeOnly: false }))
  return [...found, ...lazy]
}

const under = (path: string, room: string) => path === room || path.startsWith(`${room}/`)
const roomOf = (file: string) =>
  Object.keys(table)
    .filter(room => under(file, room))
    .sort((a, b) => b.length - a.length)[0]

function packageAllowed(name: string, allowed: string[]) {
  return allowed.some(p => p === '*' || name === p || name.startsWith(p.endsWith('/') || p.endsWith(':') ? p : `${p}/`))
}

function roomAllowed(file: string, target: string, typeOnly: boolean, allowed: string[]) {
  const self = file.split('/').slice(0, 2).join('/')
  const barred = allowed.filter(r => r.startsWith('!')).map(r => r.slice(1))
  if (barred.some(r => under(target, r)) && !(typeOnly && allowed.some(r => r === `type:${target}`))) return false
  return allowed.some(rule => {
    const needsType = rule.startsWith('type:')
    const room = needsType ? rule.slice(5) : rule
    if (needsType && !typeOnly) return false
    if (room === '<self>') return under(target, self)
    if (room === 'main/<service>') return services.some(s => under(target, `main/${s}`))
    return !room.startsWith('!') && under(target, room)
  })
}

function complaints(file: string): string[] {
  const room = roomOf(file)
  if (!room) return [`${file}: belongs to no room of the table`]
  const rule = table[room]!
  return importsOf(file).flatMap(({ from, typeOnly }) => {
    if (from.startsWith('.')) {
      const target = relative(root, resolve(root, dirname(file), from))
      return roomAllowed(file, target, typeOnly, rule.rooms) ? [] : [`${file} imports ${target}: ${room} may not`]
    }
    const name = builtinModules.includes(from) ? `node:${from}` : from
    const owners =
      only[
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/')
      ] ?? only[name]
    if (owners && !owners.some(o => under(file, o))) return [`${file} imports ${name}: only ${owners.join(', ')} may`]
    return packageAllowed(name, rule.packages) ? [] : [`${file} imports package ${name}: ${room} may not`]
  })
}

describe('layers', () => {
  const files = ['main', 'preload', 'renderer'].flatMap(sources).filter(file => !isTest(file))

  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(2)
  })

  it('lets each room import only what the table allows', () => {
    expect(files.flatMap(complaints)).toEqual([])
  })

  it('lets nothing import e2e, and no production file import a test', () => {
    const wrong = files.flatMap(file =>
      importsOf(file)
        .filter(({ from }) => /(^|\/)e2e(\/|$)|\.test(\.ts)?$|^vitest$/.test(from))
        .map(({ from }) => `${file} imports ${from}`),
    )
    expect(wrong).toEqual([])
  })

  it('holds electron and ws to the shells, and SQLite to the stores', () => {
    expect(complaints('main/base/clock.ts')).toEqual([])
    expect(packageAllowed('node:fs', ['node:'])).toBe(true)
    expect(roomAllowed('main/pipelines/a.ts', 'main/cloud/b.ts', false, table['main']!.rooms)).toBe(false)
    expect(roomAllowed('main/pipelines/a.ts', 'main/accounts/b.ts', false, table['main']!.rooms)).toBe(false)
    expect(roomAllowed('main/pipelines/a.ts', 'main/accounts/b.ts', true, table['main']!.rooms)).toBe(true)
  })
})
