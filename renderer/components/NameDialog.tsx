import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import field from './Field.module.css'

export interface NameDialogProps {
  open: boolean
  title: string
  /** What the name is for. */
  label: string
  /** Characters. */
  longest: number
  /** What it is called now. */
  before?: string
  /** What gets the name. */
  children?: ReactNode
  /** Gives the name without the space around it; never an empty one. */
  onName: (name: string) => void
  onClose: () => void
}

/** Asks for the name under which something is kept. */
export function NameDialog({ open, title, label, longest, before, children, onName, onClose }: NameDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <form
        className={field.form}
        onSubmit={event => {
          event.preventDefault()
          const typed = new FormData(event.currentTarget).get('name')
          const name = typeof typed === 'string' ? typed.trim() : ''
          if (name === '') return
          onName(name)
          onClose()
        }}
      >
        <label className={field.field}>
          {label}
          <input
            className={field.input}
            name="name"
            defaultValue={before}
            maxLength={longest}
            required
            autoComplete="off"
          />
        </label>
        {children}
        <div className={field.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
