/** Where the name of an emoji may begin. */
const COLON = /(?:^|[^\p{L}\p{N}]):/u;

let words: typeof import('../conversation/reactions/emoji-words.ts') | undefined;
let isLoading = false;

/** Begins to load the names of emoji if this text may hold one, so that they are there when it is sent. */
export function expectEmoji(text: string): void {
  if (isLoading || !COLON.test(text)) return;
  isLoading = true;
  void loadWords().finally(() => {
    isLoading = false;
  });
}

/** The emoji that `:name:` means, if the names are loaded: sending a message does not wait for them. */
export function typedEmoji(name: string): string | undefined {
  return words?.emojiNamed(name);
}

async function loadWords(): Promise<void> {
  try {
    words = await import('../conversation/reactions/emoji-words.ts');
    await words.loadEmojiWords();
  } catch (error) {
    console.warn('The names of emoji could not be loaded:', error);
  }
}
