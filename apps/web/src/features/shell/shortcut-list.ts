/** Every shortcut of the portal, as the help shows them: keys (alternatives), and what they do. */
export const SHORTCUT_GROUPS: readonly {
  title: string;
  shortcuts: readonly (readonly [readonly string[], string])[];
}[] = [
  {
    title: 'Worklist',
    shortcuts: [
      [['j', '↓'], 'Next case'],
      [['k', '↑'], 'Previous case'],
      [['Enter'], 'Open the case'],
      [['/'], 'Search'],
      [['[', ']'], 'Previous or next filter'],
    ],
  },
  {
    title: 'Case',
    shortcuts: [
      [['j', '→'], 'Next case'],
      [['k', '←'], 'Previous case'],
      [['[', ']'], 'Previous or next field'],
      [['s'], 'Sign the case'],
      [['Esc'], 'Back to the worklist'],
    ],
  },
  {
    title: 'Field',
    shortcuts: [
      [['m'], 'Mask on or off'],
      [['o'], 'Mask as outline or fill'],
      [['b'], 'Boxes around the cells'],
      [['n'], 'Nuclei on or off'],
      [['h'], 'Heatmap on or off'],
      [['v'], 'Mask as corrected, or the model’s'],
      [['+', '-'], 'Zoom in or out'],
      [['0'], 'Fit'],
    ],
  },
  {
    title: 'Correcting a mask',
    shortcuts: [
      [['e'], 'Begin, or put the tools away'],
      [['d'], 'Brush'],
      [['x'], 'Eraser'],
      [[',', '.'], 'Narrower or wider tip'],
      [['u', 'Ctrl+z'], 'Undo'],
      [['r', 'Ctrl+y'], 'Redo'],
      [['Esc'], 'Put the tools away'],
    ],
  },
  {
    title: 'Your reading',
    shortcuts: [
      [['1–4'], 'Benign, Early, Pre, Pro'],
      [['5'], 'Not assessable'],
      [['c'], 'To the form'],
      [['Ctrl+Enter'], 'Record, or decide'],
      [['q'], 'To the question of a field in doubt'],
    ],
  },
  {
    title: 'Go to',
    shortcuts: [
      [['g w'], 'Worklist'],
      [['g d'], 'To decide'],
      [['g s'], 'Submit'],
      [['g k'], 'Agreement'],
      [['g c'], 'Costs'],
      [['g m'], 'Models'],
      [['g o'], 'Monitoring'],
      [['g p'], 'Progress'],
      [['g t'], 'Training'],
      [['g u'], 'Users'],
      [['g a'], 'Audit'],
      [['g h'], 'Help'],
    ],
  },
  {
    title: 'Everywhere',
    shortcuts: [
      [['?'], 'This list'],
      [['Tab'], 'Next control'],
    ],
  },
];
