/** Why the microphone could not be used, in a sentence that says what to do. `name` is that of the browser's error. */
export function whyNoMicrophone(name: string): string {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The microphone is blocked. Allow it for this site in the settings of your browser, then try again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No microphone was found. Connect one, then try again.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The microphone does not answer. Close other programs that use it, then try again.';
    default:
      return 'This browser could not record. Try again, or attach a recording as a file.';
  }
}
