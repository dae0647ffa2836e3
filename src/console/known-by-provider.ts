import type { SingleSignOnAccount } from '../settings.ts'
import type { PeopleStore } from './people-store.ts'
import { emailKey, type Person, type Role, roles } from './person.ts'
import { makeId } from './secret-token.ts'
import type { Identity } from './single-sign-on.ts'

/**
 * The person whom the provider vouches for: known by their subject, else by an e-mail address that the provider has
 * verified, else new with the role that their groups or the default give. Null where no role is given, or for who is disabled.
 * A role by groups is taken over at each sign-in, so the provider's groups stay the truth.
 */
export async function knownByProvider(
  { people, account, now }: { people: PeopleStore; account: SingleSignOnAccount; now: number },
  identity: Identity,
): Promise<Person | null> {
  const groupRole = roleOf(identity.groups, account)
  const email = identity.email === null ? null : emailKey(identity.email)
  const known =
    (await people.personBySubject(identity.subject)) ??
    (email === null ? null : await people.personByEmail(email))
  if (known !== null) return welcomeBack(people, known, { identity, groupRole })

  const role = groupRole ?? account.defaultRole
  if (email === null || role === null) return null
  const person: Person = {
    id: makeId('p'),
    email,
    name: identity.name.slice(0, 80),
    role,
    status: 'active',
    password: null,
    subject: identity.subject,
    sessionsFromMs: now,
    createdAtMs: now,
    revision: 1,
  }
  return (await people.addPerson(person, { onlyAsFirst: false })) ? person : null
}

async function welcomeBack(
  people: PeopleStore,
  known: Person,
  { identity, groupRole }: { identity: Identity; groupRole: Role | null },
): Promise<Person | null> {
  if (known.status === 'disabled') return null
  // The address was given to somebody else at the provider, or this is an attempt to take the account over.
  if (known.subject !== null && known.subject !== identity.subject) return null
  const role = groupRole ?? known.role
  if (known.subject === identity.subject && known.status === 'active' && known.role === role) return known
  const changed: Person = {
    ...known,
    role,
    status: 'active',
    subject: identity.subject,
    revision: known.revision + 1,
  }
  const outcome = await people.savePerson(changed, known.revision)
  if (outcome === 'saved') return changed
  // The last admin stays one, whatever the groups say.
  return outcome === 'last_admin' ? known : null
}

/** The most that any of the groups gives. */
function roleOf(groups: readonly string[], { roleByGroup }: SingleSignOnAccount): Role | null {
  const given = groups.map((group) => roleByGroup.get(group))
  return roles.findLast((role) => given.includes(role)) ?? null
}
