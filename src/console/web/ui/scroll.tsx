import type { ReactNode } from 'react'

/** What may be wider than a phone. Whoever has no mouse scrolls it by the keyboard. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: only what has the focus is scrolled by the arrow keys
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
