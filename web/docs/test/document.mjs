import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/**
 * An OpenAPI document whose schemas can be put to the test.
 *
 * - `operations`: `{ id, method, path, matches(address), operation }` of each
 * - `resolve(node)`: what a reference inside the document stands for
 * - `problems(schema, value)`: what a schema of the document has against a value, as sentences
 */
export function open(document) {
  // Not strict: an OpenAPI document is more than schemas.
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema(document, "document");
  const at = pointer =>
    pointer
      .slice(2)
      .split("/")
      .reduce((node, key) => node[key], document);
  return {
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        matches: address => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`).test(address),
        operation,
      })),
    ),
    resolve: node => (node.$ref ? at(node.$ref) : node),
    problems(schema, value) {
      const validate = ajv.compile({ $ref: `document${schema.$ref}` });
      return validate(value) ? [] : validate.errors.map(error => `${error.instancePath || "it"} ${error.message}`);
    },
  };
}
