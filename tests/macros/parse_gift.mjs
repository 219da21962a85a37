/** Reads GIFT files with somebody else's parser and prints what it found, as JSON: a list for each file, with the kind, id, tags and answers
of each question. */
import { readFileSync } from 'node:fs';
import { parse } from 'gift-pegjs';

const found = process.argv.slice(2).map((file) =>
  parse(readFileSync(file, 'utf8')).filter((question) => question.type !== 'Category'),
);
// Of the choices of a match alone, the parser leaves its own stand-ins for escaped marks in the text.
for (const pair of found.flat().flatMap((question) => question.matchPairs ?? [])) {
  pair.subanswer = pair.subanswer.replace(/&&0(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
process.stdout.write(JSON.stringify(found));
