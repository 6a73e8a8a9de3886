// What is built, and how. Used by build.mjs (once) and dev.mjs (watching).
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { root } from './bootstrap.mjs'

const out = join(root, 'out')
const quiet = { root, configFile: false, logLevel: 'warn', clearScreen: false }

/** The main process, the Node shell and the local cloud: three entries, shared chunks. Nothing is left to node_modules. */
export const main = {
  ...quiet,
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node24',
    outDir: join(out, 'main'),
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        electron: join(root, 'main/shell/electron.ts'),
        node: join(root, 'main/shell/node.ts'),
        cloud: join(root, 'main/cloud/main.ts'),
      },
      external: ['electron', /^node:/, ...builtinModules],
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
}

/** The preload is sandboxed: one CommonJS file. */
export const preload = {
  ...quiet,
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(root, 'preload/electron.ts'),
    target: 'node24',
    outDir: join(out, 'preload'),
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      external: ['electron'],
      output: { format: 'cjs', entryFileNames: 'electron.cjs', codeSplitting: false },
    },
  },
}

export const renderer = {
  ...quiet,
  root: join(root, 'renderer'),
  base: './',
  plugins: [react()],
  build: {
    target: 'chrome150',
    outDir: join(out, 'renderer'),
    emptyOutDir: true,
    sourcemap: true,
    // The policy takes fonts and scripts from the page's own origin alone: nothing becomes a data: address.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
}
