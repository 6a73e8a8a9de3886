import { Tooltip } from '@base-ui/react/tooltip'
import { useEffect, useRef, useState } from 'react'
import { Kbd } from './Kbd.tsx'
import css from './Tip.module.css'

/** ms */
const opensAfter = 350
/** Long enough to move the pointer from the element onto its tip. ms */
const closesAfter = 150

interface Shown {
  anchor: HTMLElement
  text: string
  keys: string | undefined
}

function tipOf(target: EventTarget | null): Shown | undefined {
  const anchor = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
  const text = anchor?.dataset['tip']
  return anchor && text ? { anchor, text, keys: anchor.dataset['tipKeys'] } : undefined
}

/** Stands once in the frame and shows the tip (`Tip`) of whatever is pointed at, or has the focus by keyboard. */
export function TipHost() {
  const [shown, setShown] = useState<Shown>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    const show = (next: Shown | undefined, after: number) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setShown(next), after)
    }
    const later = (next: Shown | undefined) => show(next, next ? opensAfter : closesAfter)
    const onOver = ({ target }: Event) => {
      if (!(target instanceof Element && target.closest('[data-tip-popup]'))) later(tipOf(target))
    }
    const onFocus = ({ target }: Event) => {
      if (target instanceof Element && target.matches(':focus-visible')) later(tipOf(target))
    }
    const close = () => show(undefined, 0)
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && close()
    const leaving = ['pointerdown', 'wheel', 'blur'] as const
    document.addEventListener('pointerover', onOver)
    document.addEventListener('focusin', onFocus)
    document.addEventListener('focusout', close)
    document.addEventListener('keydown', onKey)
    for (const kind of leaving) window.addEventListener(kind, close, { passive: true })
    return () => {
      clearTimeout(timer.current)
      document.removeEventListener('pointerover', onOver)
      document.removeEventListener('focusin', onFocus)
      document.removeEventListener('focusout', close)
      document.removeEventListener('keydown', onKey)
      for (const kind of leaving) window.removeEventListener(kind, close)
    }
  }, [])
  return (
    <Tooltip.Root open={shown?.anchor.isConnected === true}>
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={shown?.anchor} sideOffset={6} collisionPadding={8} className={css.positioner}>
          <Tooltip.Popup className={css.tip} data-tip-popup onPointerEnter={() => clearTimeout(timer.current)}>
            {shown?.text}
            {shown?.keys !== undefined && <Kbd chord={shown.keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
