import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { ApiProblem } from './api.ts'
import { App } from './app.tsx'
import './styles/base.css'
import './styles/parts.css'
import './styles/pages.css'
import { applyTheme, keptTheme } from './ui/theme.ts'
import { Toasts } from './ui/toast.tsx'

applyTheme(keptTheme())

/** Whoever is refused may have been signed out, or have another role now: all pages are to know. */
function lookAgain(error: unknown): void {
  if (error instanceof ApiProblem && ['sign_in_required', 'forbidden'].includes(error.code))
    void queries.invalidateQueries({ queryKey: ['session'] })
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError: lookAgain }),
  mutationCache: new MutationCache({ onError: lookAgain }),
  defaultOptions: {
    queries: {
      // What was refused is refused again; what did not arrive may arrive.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
      staleTime: 2_000,
    },
  },
})

const root = document.getElementById('console')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Toasts>
          <Router base="/console">
            <App />
          </Router>
        </Toasts>
      </QueryClientProvider>
    </StrictMode>,
  )
}
