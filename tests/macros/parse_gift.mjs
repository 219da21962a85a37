/** Reads a GIFT file with somebody else's parser and prints what it found, as JSON: the kind, id, tags and answers of each question. */
import { readFileSync } from 'node:fs';
import { parse } from 'gift-pegjs';

const found = parse(readFileSync(process.argv[2], 'utf8')).filter((question) => question.type !== 'Category');
process.stdout.write(JSON.stringify(found));
