/** Two soft notes, Hz, and their length, s. */
const NOTES = [660, 880];
const NOTE_S = 0.12;
const LOUDNESS = 0.06;

let context: AudioContext | undefined;

/** Plays the sound of a notification. A page that the user has not touched yet must not make a sound, and stays silent. */
export async function playSound(): Promise<void> {
  context ??= new AudioContext();
  const { userActivation } = navigator;
  if (userActivation?.hasBeenActive === false) return;
  await context.resume();
  for (const [at, frequency] of NOTES.entries()) {
    const start = context.currentTime + at * NOTE_S;
    const note = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.01);
    volume.gain.linearRampToValueAtTime(0, start + NOTE_S);
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + NOTE_S);
  }
}
