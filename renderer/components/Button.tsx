import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import css from './Button.module.css'
import { classNames } from './classNames.ts'
import { Kbd } from './Kbd.tsx'
import { Tip } from './Tip.tsx'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  look?: 'plain' | 'primary' | 'danger' | 'quiet'
  /** The chord that does the same; written on the button. */
  keys?: string
  /** Why it can't be used now. It stays focusable, so that everybody can learn why. */
  disabledBecause?: string | undefined
  /** What it does, where the label alone does not say it. */
  tip?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  look = 'plain',
  keys,
  disabledBecause,
  tip,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const disabled = disabledBecause !== undefined
  const button = (
    <button
      type="button"
      {...rest}
      className={classNames(css.button, css[look], className)}
      aria-disabled={disabled || undefined}
      onClick={disabled ? undefined : onClick}
    >
      {children}
      {keys !== undefined && <Kbd chord={keys} />}
    </button>
  )
  const said = disabledBecause ?? tip
  return said === undefined ? button : <Tip text={said}>{button}</Tip>
}

export interface IconButtonProps extends Omit<ButtonProps, 'look' | 'children' | 'aria-label' | 'tip'> {
  /** Its accessible name and its tooltip. */
  label: string
  children: ReactNode
}

/** A button that is an icon alone; its name and key are its tooltip. */
export function IconButton({ label, keys, disabledBecause, className, children, onClick, ...rest }: IconButtonProps) {
  const disabled = disabledBecause !== undefined
  return (
    <Tip text={disabledBecause ?? label} keys={keys}>
      <button
        type="button"
        {...rest}
        className={classNames(css.button, css.icon, className)}
        aria-label={label}
        aria-disabled={disabled || undefined}
        onClick={disabled ? undefined : onClick}
      >
        {children}
      </button>
    </Tip>
  )
}
