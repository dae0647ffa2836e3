import { connect } from 'node:net'
import { wholeAnswer } from './answer.ts'

/** Sends one whole request on a connection of its own; the status and the text of the answer. */
export function askOnce(port: number, request: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      received += text
      const answer = wholeAnswer(received)
      if (answer === null) return
      resolve({ status: answer.status, text: received })
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The connection closed without an answer.')))
  })
}
