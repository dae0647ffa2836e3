/** Why the service cannot start, in words for the person who starts it and can mend it. No stack is shown. */
export class StartError extends Error {}
