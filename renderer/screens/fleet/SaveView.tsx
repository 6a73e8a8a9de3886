import { Bookmark, BookmarkMinus } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import field from '../../components/Field.module.css'
import { changeSettings, useSettings } from '../../stores/settings.ts'

/** As many, and as long, as the contract allows. */
const most = 50
const longestName = 60

/** Keeps the filter under a name in the rail; or lets a kept one go. */
export function SaveView({ filter }: { filter: string }) {
  const views = useSettings(state => state.settings.savedViews)
  const [asking, setAsking] = useState(false)
  const saved = views.find(view => view.filter === filter)
  if (filter === '') return null
  if (saved) {
    return (
      <IconButton
        label={`Remove the saved view “${saved.name}”`}
        onClick={() => void changeSettings({ savedViews: views.filter(view => view !== saved) })}
      >
        <BookmarkMinus size={14} aria-hidden />
      </IconButton>
    )
  }
  return (
    <>
      <IconButton
        label="Save this filter as a view"
        disabledBecause={views.length >= most ? `There are ${most} saved views already; remove one first.` : undefined}
        onClick={() => setAsking(true)}
      >
        <Bookmark size={14} aria-hidden />
      </IconButton>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Save this filter as a view">
        <form
          className={field.form}
          onSubmit={event => {
            event.preventDefault()
            const typed = new FormData(event.currentTarget).get('name')
            const name = typeof typed === 'string' ? typed.trim() : ''
            if (name === '') return
            const others = views.filter(view => view.name !== name)
            void changeSettings({ savedViews: [...others, { name, filter }] })
            setAsking(false)
          }}
        >
          <label className={field.field}>
            Name in the rail
            <input className={field.input} name="name" maxLength={longestName} required autoComplete="off" />
          </label>
          <p className="dim mono">{filter}</p>
          <div className={field.buttons}>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button look="primary" type="submit">
              Save
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
