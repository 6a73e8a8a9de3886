/**
 * What runs a function's handler in Node, within its walls: reads the invocation on descriptor 3, answers on 4. Plain
 * JavaScript, because the Node that runs it is the machine's.
 */
export const nodeBootstrap = String.raw`import { existsSync, readFileSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'

const { handler, environment, event, context: about, deadline } = JSON.parse(readFileSync(3, 'utf8'))
Object.assign(process.env, environment)

const answer = value => {
  const text = JSON.stringify({ ...value, memory: process.resourceUsage().maxRSS * 1024 })
  for (let bytes = Buffer.from(text); bytes.length > 0; ) bytes = bytes.subarray(writeSync(4, bytes))
}
const fail = (error, type) => {
  const isError = error instanceof Error
  const errorType = type ?? (isError ? error.name : typeof error)
  const errorMessage = isError ? error.message : String(error)
  const trace = isError ? (error.stack ?? '').split('\n') : []
  process.stderr.write([about.awsRequestId, 'ERROR', 'Invoke Error', JSON.stringify({ errorType, errorMessage, stack: trace })].join('\t') + '\n')
  answer({ error: { errorType, errorMessage, trace } })
  process.exit(1)
}
process.on('uncaughtException', error => fail(error, 'Runtime.UnhandledException'))
process.on('unhandledRejection', error => fail(error, 'Runtime.UnhandledPromiseRejection'))

// One call is one line of the log, whatever it says.
const say = level => (...values) => {
  const line = [new Date().toISOString(), about.awsRequestId, level, format(...values)].join('\t')
  process.stdout.write(line.replaceAll('\n', '\r') + '\n')
}
Object.assign(console, { log: say('INFO'), info: say('INFO'), debug: say('DEBUG'), trace: say('TRACE'), warn: say('WARN'), error: say('ERROR') })

const find = async () => {
  const root = environment.LAMBDA_TASK_ROOT
  const [module, ...names] = basename(handler).split('.')
  const base = join(root, dirname(handler), module)
  const file = ['.js', '.mjs', '.cjs'].map(end => base + end).find(path => existsSync(path))
  if (!file) {
    const error = new Error("Cannot find module '" + join(dirname(handler), module) + "'")
    return fail(error, 'Runtime.ImportModuleError')
  }
  let loaded
  try {
    loaded = await import(pathToFileURL(file).href)
  } catch (error) {
    const type = error instanceof SyntaxError ? 'Runtime.UserCodeSyntaxError' : 'Runtime.ImportModuleError'
    return fail(error, error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND' || type.includes('Syntax') ? type : undefined)
  }
  const pick = from => names.reduce((value, name) => value?.[name], from)
  const found = pick(loaded) ?? pick(loaded.default)
  if (typeof found === 'function') return found
  return fail(new Error(handler + ' is undefined or not exported'), 'Runtime.HandlerNotFound')
}

const run = found => new Promise((resolve, reject) => {
  const callback = (error, result) => (error ? reject(error) : resolve(result))
  const context = {
    ...about,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: callback,
    succeed: resolve,
    fail: reject,
  }
  const returned = found(event, context, callback)
  if (typeof returned?.then === 'function') returned.then(resolve, reject)
  else process.once('beforeExit', () => resolve(null))
})

try {
  answer({ result: (await run(await find())) ?? null })
} catch (error) {
  fail(error)
}
process.exit(0)
`
