import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import css from './ErrorBoundary.module.css'

export interface ErrorBoundaryProps {
  /** What is inside, e.g. "the fleet": named when it breaks. */
  what: string
  /** A change of it (another place) tries again. */
  resetOn?: string
  children: ReactNode
}

interface Caught {
  error: Error | undefined
  where: string | undefined
}

/** Keeps a defect within its part of the window: names it, and offers to draw it again or to reload. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, Caught> {
  override state: Caught = { error: undefined, where: undefined }

  static getDerivedStateFromError(thrown: unknown): Partial<Caught> {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override componentDidCatch(_thrown: unknown, { componentStack }: ErrorInfo) {
    this.setState({ where: componentStack?.trim().split('\n')[0]?.trim() })
  }

  override componentDidUpdate(before: ErrorBoundaryProps) {
    if (this.state.error && before.resetOn !== this.props.resetOn) this.retry()
  }

  private readonly retry = () => this.setState({ error: undefined, where: undefined })

  override render() {
    const { error, where } = this.state
    if (!error) return this.props.children
    return (
      <div className={css.broken} role="alert">
        <h1>A defect in the desk stopped {this.props.what}.</h1>
        <p>Nothing was changed in AWS by this. The rest of the desk works on.</p>
        <pre className={css.detail}>
          {error.name}: {error.message}
          {where !== undefined && `\n${where}`}
        </pre>
        <div className={css.doing}>
          <Button look="primary" onClick={this.retry}>
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload the window</Button>
        </div>
      </div>
    )
  }
}
