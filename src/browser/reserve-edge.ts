import { adopt } from './adopt.ts'

/**
 * Keeps room for a bar along the window's lower edge at the end of the page, and above what takes the focus, so that it
 * covers nothing for good. Returns what gives the room back.
 */
export function reserveEdge(bar: HTMLElement): () => void {
  const { sheet, drop } = adopt('')
  const sizes = new ResizeObserver(() => {
    const room = `${Math.ceil(bar.getBoundingClientRect().height)}px`
    sheet.replaceSync(
      `html{scroll-padding-block-end:${room}}body::after{content:"";display:block;block-size:${room}}`,
    )
  })
  sizes.observe(bar)
  return () => {
    sizes.disconnect()
    drop()
  }
}
