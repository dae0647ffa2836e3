/**
 * Asks in one call what is asked in one turn of the event loop, `most` questions at a time: under load a call to the store
 * costs more than the question itself. `askAll` answers in the order of its questions; when it rejects, so do they all,
 * and one answer that cannot be read is its own question's alone.
 */
export function together<Question, Reply, Answer>({
  askAll,
  read,
  most,
}: {
  askAll: (questions: readonly Question[]) => Promise<readonly Reply[]>
  read: (reply: Reply) => Answer
  most: number
}): (question: Question) => Promise<Answer> {
  let questions: Question[] = []
  let waiting: Waiting<Answer>[] = []

  function ask(): void {
    if (questions.length === 0) return
    const asked = questions
    const askers = waiting
    questions = []
    waiting = []
    askAll(asked)
      .then((replies) => {
        for (const [index, asker] of askers.entries()) answer(asker, replies[index])
      })
      .catch((error) => {
        for (const { reject } of askers) reject(error)
      })
  }

  function answer({ resolve, reject }: Waiting<Answer>, reply: Reply | undefined): void {
    try {
      if (reply === undefined) throw new Error('the store answered fewer questions than it was asked')
      resolve(read(reply))
    } catch (error) {
      reject(error)
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      if (questions.length === 0 && most > 1) setImmediate(ask)
      questions.push(question)
      waiting.push({ resolve, reject })
      if (questions.length === most) ask()
    })
}

type Waiting<Answer> = { resolve: (answer: Answer) => void; reject: (error: unknown) => void }
