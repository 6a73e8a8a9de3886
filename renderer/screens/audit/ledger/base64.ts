/** The bytes that a piece of base64 stands for. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** A file's content as base64. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      // A data URL: what follows the comma is the content.
      const url = typeof reader.result === 'string' ? reader.result : ''
      done(url.slice(url.indexOf(',') + 1))
    })
    reader.addEventListener('error', () => fail(reader.error ?? new Error('The file could not be read.')))
    reader.readAsDataURL(file)
  })
}
