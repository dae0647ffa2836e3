export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const place = 'newsrack-console-theme'

/** How this browser wants the console to look. */
export function keptTheme(): Theme {
  const kept = localStorage.getItem(place)
  return themes.find((theme) => theme === kept) ?? 'system'
}

export function applyTheme(theme: Theme): void {
  localStorage.setItem(place, theme)
  document.documentElement.dataset.theme = theme
}
