import { Bookmark, BookmarkMinus } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../components/Button.tsx'
import { NameDialog } from '../../components/NameDialog.tsx'
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
      <NameDialog
        open={asking}
        title="Save this filter as a view"
        label="Name in the rail"
        longest={longestName}
        onName={name => {
          const others = views.filter(view => view.name !== name)
          void changeSettings({ savedViews: [...others, { name, filter }] })
        }}
        onClose={() => setAsking(false)}
      >
        <p className="dim mono">{filter}</p>
      </NameDialog>
    </>
  )
}
