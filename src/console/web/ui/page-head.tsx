import { type ReactNode, useEffect } from 'react'

/** The title of a page, in the page and in the window, and what can be done there. */
export function PageHead({
  title,
  over,
  lead,
  children,
}: {
  title: string
  over?: ReactNode
  lead?: ReactNode
  children?: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Newsrack console`
  }, [title])
  return (
    <header className="page-head">
      <div>
        {over && <p className="over">{over}</p>}
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {children && <div className="actions">{children}</div>}
    </header>
  )
}
