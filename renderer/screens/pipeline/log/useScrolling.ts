import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

const lineHeight = 18

export interface Scrolling {
  element: RefObject<HTMLElement | null>
  virtualizer: Virtualizer<HTMLElement, Element>
  /** Whether the end is kept in sight. Ends with a scroll up by hand, comes back at the end. */
  following: boolean
  setFollowing: (following: boolean) => void
  goTo: (index: number) => void
}

/** Scrolls a list of `count` lines: only what is in sight is in the document, and the end is followed until a person leaves it. */
export function useScrolling(count: number, wrap: boolean, followAtFirst: boolean): Scrolling {
  const element = useRef<HTMLElement>(null)
  const [following, setFollowing] = useState(followAtFirst)
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this; what it answers is used here alone
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => lineHeight,
    overscan: 24,
  })

  const { measure } = virtualizer
  useEffect(() => measure(), [wrap, measure])
  useLayoutEffect(() => {
    if (following && count > 0) virtualizer.scrollToIndex(count - 1, { align: 'end' })
  }, [following, count, virtualizer])

  useEffect(() => {
    const scrolled = element.current
    if (!scrolled) return
    let before = scrolled.scrollTop
    const onScroll = () => {
      const { scrollTop, clientHeight, scrollHeight } = scrolled
      const atEnd = scrollTop + clientHeight >= scrollHeight - lineHeight
      // Only a person goes up: lines arriving push the end down, and following goes down.
      if (scrollTop < before - 1 && !atEnd) setFollowing(false)
      before = scrollTop
    }
    scrolled.addEventListener('scroll', onScroll, { passive: true })
    return () => scrolled.removeEventListener('scroll', onScroll)
  }, [])

  return {
    element,
    virtualizer,
    following,
    setFollowing,
    goTo(index) {
      setFollowing(false)
      virtualizer.scrollToIndex(index, { align: 'center' })
    },
  }
}
