import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Guide</title>
<h1>How to season a pan</h1>
<p>Rub it thinly with oil, heat it for an hour, let it cool. A sample page.</p>
</html>
`

/** The S3 source of the sample pipeline `shop-guide`: one page in a ZIP. */
export function guideArchive(): Promise<Buffer> {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(page), 'index.html')
  zip.end()
  return buffer(zip.outputStream)
}
