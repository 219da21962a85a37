/**
 * A Firefox that does what it is told, a line at a time: `node drive.mjs <path of Firefox>` reads `{"do": name, "with": [...]}` and answers
 * each with `{"value": ...}` or `{"error": ...}`. It keeps what no page may do (`wrong`) until it is asked for. Playwright drives no
 * Firefox that people use, so this speaks WebDriver BiDi through Puppeteer; what is tested is said in Python.
 */

import { createInterface } from 'node:readline';

import puppeteer from 'puppeteer-core';

const PATIENCE = 30_000;
const LISTEN = `addEventListener('securitypolicyviolation', (event) =>
  console.error('policy: ' + event.violatedDirective + ' refused ' + event.blockedURI));`;

const browser = await puppeteer.launch({ browser: 'firefox', executablePath: process.argv[2], headless: true });
/** @type {import('puppeteer-core').Page} */
let page;
/** @type {string[]} */
let wrong = [];

/** @type {Record<string, (...given: any[]) => Promise<unknown>>} */
const ACTS = {
  /** A page that shares nothing with any before. With `stub`, requests to other hosts are answered with an empty page. */
  async open(address, width, height, stub) {
    if (page) await page.browserContext().close();
    page = await (await browser.createBrowserContext()).newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(LISTEN);
    await follow(new URL(address).host, stub);
    await page.goto(address);
    await page.bringToFront();
  },
  go: (address) => page.goto(address),
  back: () => page.goBack(),
  press: (...keys) => inTurn(keys, (key) => (key.includes('+') ? chord(key.split('+')) : page.keyboard.press(key))),
  type: (text) => page.keyboard.type(text),
  click: (selector) => page.click(selector),
  choose: (selector, value) => page.select(selector, value),
  evaluate: (text) => page.evaluate(text),
  wait: (text) => page.waitForFunction(text, { timeout: PATIENCE }).then(() => null),
  async wrong() {
    const found = wrong;
    wrong = [];
    return found;
  },
};

/** Note what the page does that no page may. @param {string} host @param {boolean} stub */
async function follow(host, stub) {
  page.on('console', (message) => message.type() === 'error' && wrong.push(`said in the console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error instanceof Error ? error.message : error}`));
  if (stub) await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { protocol, host: asked } = new URL(request.url());
    const ours = asked === host || ['data:', 'blob:', 'about:'].includes(protocol);
    if (!ours) wrong.push(`request to another host: ${request.url()}`);
    if (stub) void (ours ? request.continue() : request.respond({ contentType: 'text/html', body: '<title>Elsewhere</title>' }));
  });
}

/** @param {string[]} keys the last is pressed while the others are held */
async function chord(keys) {
  const held = /** @type {import('puppeteer-core').KeyInput[]} */ (keys.slice(0, -1));
  await inTurn(held, (key) => page.keyboard.down(key));
  await page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (keys.at(-1)));
  await inTurn(held, (key) => page.keyboard.up(key));
}

/** @template Thing @param {Thing[]} things @param {(thing: Thing) => Promise<unknown>} act */
async function inTurn(things, act) {
  for (const thing of things) await act(thing);
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const { do: name, with: given } = JSON.parse(line);
    const answer = await ACTS[name]?.(...given).then(
      (value) => ({ value: value === undefined || name === 'go' || name === 'back' ? null : value }),
      (error) => ({ error: String(error.message ?? error) }),
    );
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
} finally {
  await browser.close();
}
