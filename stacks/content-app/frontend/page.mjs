const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text as HTML shows it. */
function escape(text) {
  return String(text).replace(/[&<>"']/g, (character) => entities[character]);
}

/** A whole page; nothing on it comes from another host, and no script runs. */
function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(title)}</title></head>
<body>
<h1>${escape(title)}</h1>
${body}
</body>
</html>
`;
}

/** The topics, each with a way to its text. */
export function topicsPage(topics) {
  const items = topics.map(
    ({ name, title, summary }) =>
      `<li><a href="/topics/${encodeURIComponent(name)}">${escape(title)}</a>: ${escape(summary)}</li>`,
  );
  return page('Topics', `<ul>\n${items.join('\n')}\n</ul>`);
}

/** A text about one topic. */
export function textPage({ title, text }) {
  return page(title, `<p>${escape(text)}</p>\n<p><a href="/">All topics</a></p>`);
}

/** What visitors see in place of a page. */
export function noticePage(text) {
  return page(text, '<p><a href="/">All topics</a></p>');
}
