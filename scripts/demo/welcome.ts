import type { DemoGroup } from './demo-group.ts';

/** The group that a newcomer sees first: what Edgewise can do, told in messages that do it. */
export const WELCOME: DemoGroup = {
  key: 'welcome',
  named: {
    name: 'Welcome',
    topic: 'Start here: what Edgewise can do, and how to try it',
    visibility: 'public',
  },
  members: ['Grace', 'Ada', 'Linus', 'Margaret', 'Alan'],
  read: [
    {
      by: 'Grace',
      text: `# Welcome to Edgewise 👋
This is a small world on your own machine: five people, three groups and a few direct messages. It is all real, so write, react, reply and delete as you like. Nobody else can see it.`,
      pinnedBy: 'Grace',
      reactions: { '👋': ['Ada', 'Linus', 'Margaret', 'Alan'], '❤️': ['Ada', 'Margaret'] },
    },
    {
      by: 'Margaret',
      text: `Messages understand Markdown as you type it:

| You type | You get |
|---|---|
| \`**bold**\` and \`*italic*\` | **bold** and *italic* |
| \`~~struck out~~\` | ~~struck out~~ |
| three backticks | a block of code, with colours |

> A line that begins with \`>\` is a quote.

\`@\` mentions a person, \`:\` finds an emoji.`,
      reactions: { '✨': ['Ada', 'Linus', 'Grace'] },
    },
    {
      by: 'Ada',
      text: 'And where do longer discussions go?',
      reactions: { '🙋': ['Margaret'] },
      replies: [
        {
          by: 'Grace',
          text: 'Into a thread, like this one. Point at a message and choose **Reply in thread**, or focus it and press `R`.',
        },
        {
          by: 'Alan',
          text: 'You follow a thread as soon as you write in it or are mentioned there. The *Threads* button at the top shows what is new in all of them.',
          reactions: { '👍': ['Ada', 'Grace'] },
        },
        { by: 'Ada', text: 'So the group stays easy to read. I like it.' },
      ],
    },
    {
      by: 'Alan',
      text: 'Everything works without a mouse, too: `Ctrl K` (`⌘ K` on a Mac) leads to any group or person, `?` lists all keys. My favourite is `↑` in an empty message: it edits the last thing I said.',
      reactions: { '⌨️': ['Linus', 'Grace'] },
    },
    {
      by: 'Margaret',
      text: 'Pull the plug of your network for a moment and go on writing: your messages wait, and go out in order when it is back.',
    },
  ],
  unread: [
    {
      by: 'Linus',
      text: 'It is more fun with two: open this address in a **private window**, continue there as somebody else, and watch your messages arrive.',
      reactions: { '👀': ['Grace', 'Alan'] },
    },
    {
      by: 'Grace',
      text: '@all good to have you here! Say hello, or make a group of your own with the **+** beside *Groups*. 🎉',
      reactions: { '🎉': ['Linus', 'Margaret'] },
    },
  ],
};
