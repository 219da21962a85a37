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

/**
 * JSON with line ends in the outermost so many levels: short, and a person can still read it.
 * @param {unknown} value @param {number} levels @returns {string}
 */
export function lined(value, levels) {
  if (!levels || typeof value !== 'object' || value === null || !Object.keys(value).length) return JSON.stringify(value);
  if (Array.isArray(value)) return `[\n${value.map((one) => lined(one, levels - 1)).join(',\n')}\n]`;
  const rows = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{\n${rows.map(([key, one]) => `${JSON.stringify(key)}: ${lined(one, levels - 1)}`).join(',\n')}\n}`;
}

/** The text of a chosen file; null where it cannot be read or is far too large. @param {File} file @returns {Promise<string | null>} */
export async function readText(file) {
  const content = file.size > LARGEST ? undefined : await file.arrayBuffer().catch(() => undefined);
  return content ? decode(new Uint8Array(content)) : null;
}

/**
 * The texts of many small files. As one, they are read several times as quickly as one by one; where they cannot be, each is tried alone.
 * @param {File[]} files @returns {Promise<(() => string | null)[]>} each is decoded when it is asked for
 */
export async function readTexts(files) {
  const small = files.filter(({ size }) => size <= LARGEST);
  const all = await new Blob(small).arrayBuffer().catch(() => undefined);
  if (all?.byteLength !== small.reduce((sum, { size }) => sum + size, 0)) return Promise.all(files.map(readText)).then((texts) => texts.map((text) => () => text));
  let end = 0;
  return files.map(({ size }) => {
    if (size > LARGEST) return () => null;
    const content = new Uint8Array(all, end, size);
    end += size;
    return () => decode(content);
  });
}

/**
 * A spreadsheet may write UTF-16, which says so at its start, or the letters of Windows, which are no UTF-8.
 * @param {Uint8Array} content @returns {string}
 */
function decode(content) {
  const [one, two] = content;
  const begun = one === 0xff && two === 0xfe ? 'utf-16le' : one === 0xfe && two === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(begun, { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

/** Whether a value is nested no deeper than a file of this site. The engine refuses what is, and a browser may break over it. @param {unknown} value @param {number} [left] @returns {boolean} */
export function isShallow(value, left = 20) {
  if (typeof value !== 'object' || value === null) return true;
  return left > 0 && Object.values(value).every((/** @type {unknown} */ one) => isShallow(one, left - 1));
}
