import { announce } from '../stores/status.ts'

/** Hands the person a file, as a download of the window. */
export function saveFile(name: string, content: Blob) {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The window has taken it by the time this task is over.
  setTimeout(() => URL.revokeObjectURL(url), 0)
  announce(`Saved ${name}`)
}
