/** A barrier: two posts, and between them a dashed way or a bar. Told apart by shape, not by colour alone. */
export function GateGlyph({ open, size = 16 }: { open: boolean; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden
    >
      {open ? (
        <path d="M3 3v10M13 3v10M3 8h10" strokeDasharray="2 2.4" />
      ) : (
        <>
          <path d="M3 2v12M13 2v12" />
          <rect x="3" y="5" width="10" height="6" fill="currentColor" fillOpacity=".28" />
        </>
      )}
    </svg>
  )
}
