/** The page as Electron's preload extends it; in the Node shell `desk` is absent. */
export interface DeskPage extends Window {
  desk?: {
    /** Makes the preload send the page a port to main, by a message of its own window. */
    askPort: () => void
    /** Routes that the shell's menu and deep links ask for. */
    onShow: (listener: (route: string) => void) => void
  }
}
