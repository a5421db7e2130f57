/** What a letter says, however it is shown. */
export type Letter = {
  readonly subject: string;
  readonly greeting: string;
  readonly sections: readonly Section[];
  /** Why it came, and how to change that. */
  readonly footer: string;
};

export type Section = {
  readonly heading: string;
  /** Where more of it is; null without an address to link to. */
  readonly link: string | null;
  readonly lines: readonly string[];
};

const WIDTH = 76;

export function toText({ greeting, sections, footer }: Letter): string {
  const parts = sections.map(({ heading, link, lines }) =>
    [heading, '-'.repeat(Math.min(heading.length, WIDTH)), ...lines.map(bullet), ...(link === null ? [] : [link])].join(
      '\n',
    ),
  );
  return `${[greeting, ...parts, `-- \n${wrap(footer, '')}`].join('\n\n')}\n`;
}

export function toHtml({ subject, greeting, sections, footer }: Letter): string {
  const parts = sections.map(({ heading, link, lines }) => {
    const title =
      link === null ? escape(heading) : `<a href="${escape(link)}" style="color:#1d4ed8">${escape(heading)}</a>`;
    const items = lines.map((line) => `<li style="margin:4px 0">${escape(line)}</li>`).join('');
    return `<h2 style="font-size:16px;margin:24px 0 4px">${title}</h2><ul style="margin:0;padding-left:20px">${items}</ul>`;
  });
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>` +
    `<body style="font:15px/1.5 system-ui,sans-serif;color:#1f2937;max-width:640px;margin:0 auto;padding:16px">` +
    `<p>${escape(greeting)}</p>${parts.join('')}` +
    `<p style="color:#6b7280;font-size:13px;margin-top:32px;border-top:1px solid #e5e7eb;padding-top:8px">${escape(footer)}</p>` +
    `</body></html>\n`
  );
}

function bullet(line: string): string {
  return wrap(line, '  ').replace(/^ {2}/, '* ');
}

/** Breaks between words; a word that is longer than a line stays whole. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent.length) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, indent + line].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
