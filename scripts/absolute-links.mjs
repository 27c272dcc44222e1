/** A page's links and pictures as they work anywhere: a registry shows the README without the files beside it. */
export function makeLinksAbsolute(markdown, { repository, version }) {
  const site = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
  return markdown.replace(
    /(!?)\[([^\]]*)\]\((?!https?:|#)([^)]+)\)/g,
    (_, mark, text, path) => `${mark}[${text}](${site}/${mark ? 'raw' : 'blob'}/v${version}/${path})`,
  );
}
