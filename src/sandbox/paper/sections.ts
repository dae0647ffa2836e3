/** The paper's sections in the order of its navigation. */
export const sections = [
  { id: 'local', name: 'Local', about: 'The streets, storms and people of Port Ellery.' },
  { id: 'council', name: 'Council', about: 'What the nine councilors decide, and what it costs.' },
  { id: 'world', name: 'World', about: 'News from beyond the bar.' },
  { id: 'business', name: 'Business', about: 'Who is hiring, building, borrowing and closing.' },
  { id: 'science', name: 'Science', about: 'From the field station and farther out.' },
  { id: 'arts', name: 'Arts', about: 'Stages, pages and pictures, reviewed without fear of our neighbors.' },
  { id: 'sports', name: 'Sports', about: 'The Pilots, mostly, and in all weathers.' },
  { id: 'food', name: 'Food', about: 'Recipes tested in a kitchen with one good pan.' },
  { id: 'opinion', name: 'Opinion', about: 'Columns signed by the people who wrote them.' },
] as const

export type Section = (typeof sections)[number]
export type SectionId = Section['id']

export const sectionIds = sections.map((section) => section.id)

/** The section of that id, or undefined where the paper has none. */
export function findSection(id: string): Section | undefined {
  return sections.find((section) => section.id === id)
}
