// Holds answers of a running server against a document. Reads { document, answers: [{ method, path, status, body }] } from
// the standard input; writes { problems, unseen }: sentences, and the ids of operations without a good answer among them.
import { text } from "node:stream/consumers";
import { open } from "./document.mjs";

const { document, answers } = JSON.parse(await text(process.stdin));
const { operations, resolve, problems } = open(document);
const seen = new Set();
const found = answers.flatMap(({ method, path, status, body }) => {
  const called = operations.find(operation => operation.method === method && operation.matches(path));
  const answer = called?.operation.responses[status];
  if (!answer) return [`${method} ${path} answered ${status}, which the document does not know`];

  if (status < 300) seen.add(called.id);
  const { schema } = resolve(answer).content["application/json"];
  return problems(schema, body).map(problem => `${method} ${path}, ${status}: ${problem}`);
});
const unseen = operations.map(operation => operation.id).filter(id => !seen.has(id));
process.stdout.write(JSON.stringify({ problems: found, unseen }));
