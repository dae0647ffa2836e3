import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

/** A question over the page. Escape, and a click beside it, leave everything as it was. */
export function Ask({
  title,
  isOpen,
  onClose,
  wide = false,
  children,
}: {
  title: string
  isOpen: boolean
  onClose: () => void
  wide?: boolean
  children: ReactNode
}) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <Dialog className="dialog">
          <Heading slot="title">{title}</Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
