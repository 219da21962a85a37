/** Files that go out of the page and come into it. Both are a person's own act, and nothing is sent anywhere. */

/** The largest file that is read. Nothing this site writes comes near it. */
const LARGEST = 20_000_000;

/** Hand a text over as a file. @param {string} name @param {string} text @param {string} type */
export function download(name, text, type) {
  const link = document.createElement('a');
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The text of a chosen file; null where it cannot be read or is far too large. @param {File} file @returns {Promise<string | null>} */
export async function readText(file) {
  if (file.size > LARGEST) return null;
  return file.text().catch(() => null);
}
