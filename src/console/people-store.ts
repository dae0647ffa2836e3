import type { Person } from './person.ts'

/** Who may work in the console: some hundreds of people at most. */
export type PeopleStore = {
  people(): Promise<Person[]>
  person(id: string): Promise<Person | null>
  personByEmail(email: string): Promise<Person | null>
  personBySubject(subject: string): Promise<Person | null>
  /** Answers false, and adds nobody, when the e-mail address is taken; or, for the first one, when there is somebody already. */
  addPerson(person: Person, options: { onlyAsFirst: boolean }): Promise<boolean>
  /** Writes a person whose revision is still that one. Nothing is written that would leave no active admin. */
  savePerson(person: Person, revision: number): Promise<'saved' | 'changed' | 'last_admin'>
}
