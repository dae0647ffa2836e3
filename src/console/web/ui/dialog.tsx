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

/** The buttons under a form that is asked in a dialog. */
export function AskActions({
  submit,
  isDisabled,
  onClose,
}: {
  submit: string
  isDisabled: boolean
  onClose: () => void
}) {
  return (
    <div className="actions">
      <button type="submit" className="primary" disabled={isDisabled}>
        {submit}
      </button>
      <button type="button" onClick={onClose}>
        Not now
      </button>
    </div>
  )
}
