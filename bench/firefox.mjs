// One fresh Firefox: `node firefox.mjs <address> <program> <ms to settle>` opens the address twice and prints both measurements as JSON.
import puppeteer from 'puppeteer-core';

const [address, executablePath, settle] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
try {
  const page = await browser.newPage();
  const results = [];
  for (const visit of ['cold', 'warm']) {
    await page.goto('about:blank');
    await new Promise((resolve) => setTimeout(resolve, Number(settle)));
    await page.goto(`${address}&visit=${visit}`, { waitUntil: 'load' });
    results.push(await page.evaluate(() => globalThis.measured));
  }
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
}
