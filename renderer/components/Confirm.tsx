import { type ReactNode, useRef } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

export interface ConfirmProps {
  open: boolean
  title: string
  /** What will happen. */
  children: ReactNode
  /** The verb on the button, e.g. "Remove". */
  verb: string
  danger?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that can't be taken back at once. The safe answer has the focus. */
export function Confirm({ open, title, children, verb, danger = false, onConfirm, onClose }: ConfirmProps) {
  const cancel = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button
            look={danger ? 'danger' : 'primary'}
            onClick={() => {
              onConfirm()
              onClose()
            }}
          >
            {verb}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
