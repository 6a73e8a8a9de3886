import { create } from 'zustand'

/** What lies over the screen: the palette, the help sheet, or nothing. */
export const useOverlay = create<{ overlay: 'palette' | 'help' | 'none' }>(() => ({ overlay: 'none' }))

export const showPalette = () => useOverlay.setState({ overlay: 'palette' })
export const showHelp = () => useOverlay.setState({ overlay: 'help' })
export const closeOverlay = () => useOverlay.setState({ overlay: 'none' })
