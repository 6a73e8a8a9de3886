import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { classNames } from './classNames.ts'
import css from './Dialog.module.css'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: ReactNode
  /** One sentence under the title. */
  description?: ReactNode
  /** Stays in sight below the scrolling body: the buttons. */
  footer?: ReactNode
  width?: 'narrow' | 'wide' | 'full'
  /** What has the focus first; otherwise the first thing that can. */
  initialFocus?: RefObject<HTMLElement | null>
  children?: ReactNode
}

/** A modal dialog with a title, a body that scrolls, and its buttons below. `Esc` closes it. */
export function Dialog({ open, onClose, title, description, footer, width, initialFocus, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={isOpen => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={css.backdrop} />
        <Base.Popup
          className={classNames(css.dialog, width === 'wide' && css.wide, width === 'full' && css.full)}
          {...(initialFocus !== undefined && { initialFocus })}
        >
          <header className={css.header}>
            <Base.Title className={css.title}>{title}</Base.Title>
          </header>
          {description !== undefined && <Base.Description className={css.description}>{description}</Base.Description>}
          <div className={css.body}>{children}</div>
          {footer !== undefined && <footer className={css.footer}>{footer}</footer>}
          {/* Last, so that the focus begins where the work is. */}
          <Base.Close className={css.close} aria-label="Close">
            <X size={16} aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
