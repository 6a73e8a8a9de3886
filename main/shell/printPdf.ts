import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Failure } from '../base/failure.ts'

/** How long printing may take before it is given up. ms */
const patience = 60_000

/**
 * Prints a page as PDF with a browser that shows no window: a profile and a directory of its own, both gone afterwards.
 * The page is ours, needs nothing but itself and has no script; it is also given no network.
 *
 * @throws Failure `PrintFailed`.
 */
export async function printWithChromium(browser: string, html: string): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'cloudpipelines-print-'))
  try {
    const [page, pdf] = [join(directory, 'report.html'), join(directory, 'report.pdf')]
    await writeFile(page, html, { mode: 0o600 })
    await run(browser, [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-extensions',
      '--disable-background-networking',
      // Nothing that the page could name is found.
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--user-data-dir=${join(directory, 'profile')}`,
      '--no-pdf-header-footer',
      `--print-to-pdf=${pdf}`,
      // Chromium has no sandbox for root; only then is it told to do without.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      pathToFileURL(page).href,
    ])
    return await readFile(pdf)
  } catch (cause) {
    throw cause instanceof Failure ? cause : failed('it wrote no file', cause)
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

function run(browser: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(browser, args, { stdio: 'ignore' })
    const timer = setTimeout(() => child.kill('SIGKILL'), patience)
    child.once('error', error => {
      clearTimeout(timer)
      reject(failed('it could not be started', error))
    })
    child.once('exit', code => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(failed(code === null ? 'it took too long' : `it ended with ${code}`))
    })
  })
}

const failed = (why: string, cause?: unknown) =>
  new Failure({
    code: 'PrintFailed',
    message: `The browser did not print the report: ${why}.`,
    next: 'Export HTML instead, and print it from a browser.',
    cause,
  })
