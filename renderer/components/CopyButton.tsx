import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { announce } from '../stores/status.ts'
import { Button, IconButton } from './Button.tsx'

/** Puts text on the clipboard and says so in the status line. */
export async function copyText(text: string, what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    announce(`Copied ${what}`)
    return true
  } catch (thrown) {
    announce(`Could not copy ${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    return false
  }
}

export interface CopyButtonProps {
  text: string
  /** What is copied, e.g. "the export lines". */
  what: string
  /** With a label it is a button with text, else an icon. */
  label?: string
}

export function CopyButton({ text, what, label }: CopyButtonProps) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 1600)
    return () => clearTimeout(timer)
  }, [done])
  const copy = () => void copyText(text, what).then(setDone)
  const icon = done ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />
  if (label !== undefined) {
    return (
      <Button onClick={copy}>
        {icon}
        {label}
      </Button>
    )
  }
  return (
    <IconButton label={`Copy ${what}`} onClick={copy}>
      {icon}
    </IconButton>
  )
}
