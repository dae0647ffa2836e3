import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

type Toast = { id: number; words: string; undo: (() => void) | null }
type Say = (words: string, undo?: () => void) => void

const ToastContext = createContext<Say>(() => {})

/** Says that something is done, and how to take it back. */
export function useToast(): Say {
  return useContext(ToastContext)
}

const shownMs = 5_000
/** Longer where there is something to decide. */
const undoableMs = 12_000
let lastId = 0

/** Short words at the window's edge, heard by screen readers, gone after a while. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const say = useCallback<Say>(
    (words, undo) => {
      lastId += 1
      const id = lastId
      setToasts((all) => [
        ...all.filter((toast) => toast.undo !== null).slice(-1),
        { id, words, undo: undo ?? null },
      ])
      setTimeout(() => drop(id), undo ? undoableMs : shownMs)
    },
    [drop],
  )
  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status">
        {toasts.map(({ id, words, undo }) => (
          <div className="toast" key={id}>
            <span>{words}</span>
            {undo && (
              <button
                type="button"
                onClick={() => {
                  drop(id)
                  undo()
                }}
              >
                Undo
              </button>
            )}
            <button type="button" aria-label="Close this message" onClick={() => drop(id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  )
}
